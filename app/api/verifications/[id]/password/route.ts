import { resetPassword } from "@/lib/account/password";
import { resetPassword as operation } from "@/lib/api/operations";
import { isRefusal } from "@/lib/errors";
import { endpoint, json, refuse, route } from "@/lib/http";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(operation, async ({ params, body }) => {
    const result = await resetPassword(params.id, body.temporaryPassword, body.newPassword);
    return isRefusal(result) ? refuse(result) : json(result);
  }),
});
