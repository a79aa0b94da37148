import { askerOf } from "@/lib/api/verifications/asker";
import { idempotencyOf } from "@/lib/api/verifications/idempotency";
import { startVerificationOperation } from "@/lib/api/verifications/operations";
import { sentMessageBody, sentOrRefuse } from "@/lib/api/verifications/sent-message";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { startVerification } from "@/lib/verification/start";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(startVerificationOperation, async ({ body, headers, apiKey }) => {
    const { to: recipient, clientIp, deviceId, ...asked } = body;
    const idempotency = idempotencyOf(headers, apiKey, { ...body, to: recipient.number });
    const sending = await startVerification(
      { ...asked, ...askerOf({ clientIp, deviceId }, apiKey), recipient, apiKey },
      idempotency,
    );
    const sent = sentOrRefuse(sending);
    return answer(startVerificationOperation, 201, sentMessageBody(sent), {
      Location: `/api/verifications/${sent.verification.id}`,
    });
  }),
});
