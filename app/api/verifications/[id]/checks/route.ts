import { checkVerification as operation } from "@/lib/api/operations";
import { checkResultBody } from "@/lib/api/check-result";
import { endpoint, json, route } from "@/lib/http";
import { checkVerification } from "@/lib/verification/check";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(operation, async ({ params, body: { code, clientIp }, apiKey }) => {
    const request = { starter: { apiKey }, clientAddress: clientIp };
    return json(checkResultBody(await checkVerification(params.id, code, "code", request)));
  }),
});
