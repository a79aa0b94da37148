import { startVerification as operation } from "@/lib/api/operations";
import { sentMessageBody, sentOrRefuse } from "@/lib/api/sent-message";
import { endpoint, json, route } from "@/lib/http";
import { keyedHash } from "@/lib/secrets";
import { startVerification } from "@/lib/verification/start";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(operation, async ({ body, headers, apiKey }) => {
    const { to: recipient, clientIp, ...asked } = body;
    const key = headers["Idempotency-Key"];
    const requestHash = keyedHash("request", JSON.stringify({ ...body, to: recipient.number }));
    const sending = await startVerification(
      { ...asked, recipient, clientAddress: clientIp, apiKey },
      key ? { apiKey, key, requestHash } : undefined,
    );
    const sent = sentOrRefuse(sending);
    return json(sentMessageBody(sent), 201, { Location: `/api/verifications/${sent.verification.id}` });
  }),
});
