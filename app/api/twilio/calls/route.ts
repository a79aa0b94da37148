import { inboundCall } from "@/lib/api/twilio";
import { xml } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { answerCall } from "@/lib/verification/inbound";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(inboundCall, async ({ body }) => xml(await answerCall(body))),
});
