import { cancelVerificationOperation, readVerificationOperation } from "@/lib/api/verifications/operations";
import { verificationBody } from "@/lib/api/verifications/verification-body";
import { NO_SUCH_VERIFICATION } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { cancelVerification } from "@/lib/verification/cancel";
import { getVerification } from "@/lib/verification/verification";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readVerificationOperation, async ({ params, apiKey }) => {
    const verification = await getVerification(params.id, { apiKey });
    if (!verification) return refuse(NO_SUCH_VERIFICATION);
    return answer(readVerificationOperation, 200, verificationBody(verification));
  }),

  DELETE: endpoint(cancelVerificationOperation, async ({ params, apiKey }) => {
    const result = await cancelVerification(params.id, { apiKey });
    if (result.outcome === "refused") return refuse(result);
    return answer(cancelVerificationOperation, 200, verificationBody(result.verification));
  }),
});
