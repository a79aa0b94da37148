import { checkVerificationOperation } from "@/lib/api/verifications/operations";
import { checkResultBody } from "@/lib/api/verifications/check-result";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { checkVerification } from "@/lib/verification/check";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(checkVerificationOperation, async ({ params, body: { code, clientIp }, apiKey }) => {
    const request = { starter: { apiKey }, clientAddress: clientIp };
    const result = await checkVerification(params.id, code, "code", request);
    return answer(checkVerificationOperation, 200, checkResultBody(result));
  }),
});
