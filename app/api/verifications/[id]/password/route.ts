import { resetPassword } from "@/lib/account/password";
import { checkResultBody } from "@/lib/api/check-result";
import { resetPassword as operation } from "@/lib/api/operations";
import { endpoint, json, route } from "@/lib/http";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(
    operation,
    async ({ params, body: { temporaryPassword, newPassword, clientIp }, apiKey }) => {
      const request = { starter: { apiKey }, clientAddress: clientIp };
      const result = await resetPassword(params.id, temporaryPassword, newPassword, request);
      return json(checkResultBody(result));
    },
  ),
});
