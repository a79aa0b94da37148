import { startVerification as operation } from "@/lib/api/operations";
import { sentMessageBody, sendRefusal } from "@/lib/api/sent-message";
import { isRefusal } from "@/lib/errors";
import { endpoint, json, route } from "@/lib/http";
import { keyedHash } from "@/lib/secrets";
import { startVerification } from "@/lib/verification/start";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(operation, async ({ body, headers, apiKey }) => {
    const { to: recipient, clientIp, ...asked } = body;
    const key = headers["Idempotency-Key"];
    const requestHash = keyedHash("request", JSON.stringify({ ...body, to: recipient.number }));
    const result = await startVerification({
      ...asked,
      recipient,
      clientAddress: clientIp,
      idempotency: key ? { apiKey, key, requestHash } : undefined,
    });
    if (isRefusal(result)) return sendRefusal(result);
    return json(sentMessageBody(result), 201, { Location: `/api/verifications/${result.verification.id}` });
  }),
});
