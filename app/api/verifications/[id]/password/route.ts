import { resetPassword } from "@/lib/account/password";
import { checkResultBody } from "@/lib/api/verifications/check-result";
import { resetPasswordOperation } from "@/lib/api/verifications/operations";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(resetPasswordOperation, async ({ params, body, apiKey }) => {
    const { temporaryPassword, newPassword, clientIp } = body;
    const request = { starter: { apiKey }, clientAddress: clientIp };
    const result = await resetPassword(params.id, temporaryPassword, newPassword, request);
    return answer(resetPasswordOperation, 200, checkResultBody(result));
  }),
});
