import { resendVerification as operation } from "@/lib/api/operations";
import { sentMessageBody, sentOrRefuse } from "@/lib/api/sent-message";
import { endpoint, json, route } from "@/lib/http";
import { resendVerification } from "@/lib/verification/resend";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(operation, async ({ params, apiKey }) => {
    const sent = sentOrRefuse(await resendVerification(params.id, { starter: { apiKey } }));
    return json(sentMessageBody(sent), 201);
  }),
});
