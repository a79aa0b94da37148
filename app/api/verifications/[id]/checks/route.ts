import { checkVerification as operation } from "@/lib/api/operations";
import { isRefusal } from "@/lib/errors";
import { endpoint, json, refuse, route } from "@/lib/http";
import { checkVerification } from "@/lib/verification/check";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(operation, async ({ params, body }) => {
    const result = await checkVerification(params.id, body.code);
    return isRefusal(result) ? refuse(result) : json(result);
  }),
});
