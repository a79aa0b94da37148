import { resendVerificationOperation } from "@/lib/api/verifications/operations";
import { sentMessageBody, sentOrRefuse } from "@/lib/api/verifications/sent-message";
import { idempotencyOf } from "@/lib/api/verifications/idempotency";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { resendVerification } from "@/lib/verification/resend";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(resendVerificationOperation, async ({ params, headers, apiKey }) => {
    const idempotency = idempotencyOf(headers, apiKey, ["message", params.id]);
    const sent = sentOrRefuse(await resendVerification(params.id, { starter: { apiKey }, idempotency }));
    return answer(resendVerificationOperation, 201, sentMessageBody(sent));
  }),
});
