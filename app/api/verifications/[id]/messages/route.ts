import { resendVerification as operation } from "@/lib/api/operations";
import { sentMessageBody, sendRefusal } from "@/lib/api/sent-message";
import { isRefusal } from "@/lib/errors";
import { endpoint, json, route } from "@/lib/http";
import { resendVerification } from "@/lib/verification/resend";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(operation, async ({ params }) => {
    const result = await resendVerification(params.id);
    return isRefusal(result) ? sendRefusal(result) : json(sentMessageBody(result), 201);
  }),
});
