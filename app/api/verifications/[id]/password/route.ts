import { resetPassword } from "@/lib/account/password";
import { checkResultBody } from "@/lib/api/check-result";
import { resetPassword as operation } from "@/lib/api/operations";
import { endpoint, json, route } from "@/lib/http";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(operation, async ({ params, body }) => {
    const result = await resetPassword(params.id, body.temporaryPassword, body.newPassword);
    return json(checkResultBody(result));
  }),
});
