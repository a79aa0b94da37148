import { askerOf } from "@/lib/api/verifications/asker";
import { startVerificationOperation } from "@/lib/api/verifications/operations";
import { sentMessageBody, sentOrRefuse } from "@/lib/api/verifications/sent-message";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { keyedHash } from "@/lib/secrets";
import { startVerification } from "@/lib/verification/start";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(startVerificationOperation, async ({ body, headers, apiKey }) => {
    const { to: recipient, clientIp, deviceId, ...asked } = body;
    const key = headers["Idempotency-Key"];
    const requestHash = keyedHash("request", JSON.stringify({ ...body, to: recipient.number }));
    const sending = await startVerification(
      { ...asked, ...askerOf({ clientIp, deviceId }, apiKey), recipient, apiKey },
      key ? { apiKey, key, requestHash } : undefined,
    );
    const sent = sentOrRefuse(sending);
    return answer(startVerificationOperation, 201, sentMessageBody(sent), {
      Location: `/api/verifications/${sent.verification.id}`,
    });
  }),
});
