import { statusCallbackBySid } from "@/lib/api/twilio";
import { takeStatusCallback } from "@/lib/delivery/status-callback";
import { endpoint, route } from "@/lib/http/frame";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(statusCallbackBySid, async ({ body }) => {
    await takeStatusCallback({ ...body, parameters: body });
    return new Response(null, { status: 200 });
  }),
});
