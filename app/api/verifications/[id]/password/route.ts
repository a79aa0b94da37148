import { resetPassword } from "@/lib/account/password";
import { askerOf } from "@/lib/api/verifications/asker";
import { PASSWORD_FAULTS, passwordFault } from "@/lib/account/password-rule";
import { checkResultBody } from "@/lib/api/verifications/check-result";
import { resetPasswordOperation } from "@/lib/api/verifications/operations";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { invalidField } from "@/lib/http/problem";
import { getVerification } from "@/lib/verification/verification";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(resetPasswordOperation, async ({ params, body, apiKey }) => {
    const { temporaryPassword, newPassword, ...asked } = body;
    const request = { starter: { apiKey }, ...askerOf(asked, apiKey) };
    // The number of a verification never changes: it may be read before.
    const verification = await getVerification(params.id, request.starter);
    const fault = verification && passwordFault(newPassword, verification.to);
    if (fault) throw invalidField("newPassword", PASSWORD_FAULTS[fault]);
    const result = await resetPassword(params.id, temporaryPassword, newPassword, request);
    return answer(resetPasswordOperation, 200, checkResultBody(result));
  }),
});
