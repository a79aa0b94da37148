import { askerOf } from "@/lib/api/verifications/asker";
import { checkVerificationOperation } from "@/lib/api/verifications/operations";
import { checkResultBody } from "@/lib/api/verifications/check-result";
import { idempotencyOf } from "@/lib/api/verifications/idempotency";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { checkVerification } from "@/lib/verification/check";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(checkVerificationOperation, async ({ params, body, headers, apiKey }) => {
    const { code, ...asked } = body;
    const idempotency = idempotencyOf(headers, apiKey, ["check", params.id, body]);
    const request = { starter: { apiKey }, idempotency, ...askerOf(asked, apiKey) };
    const result = await checkVerification(params.id, code, "code", request);
    return answer(checkVerificationOperation, 200, checkResultBody(result));
  }),
});
