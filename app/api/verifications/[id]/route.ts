import { cancelVerification as cancelOperation, readVerification } from "@/lib/api/operations";
import { verificationBody } from "@/lib/api/verification-body";
import { NO_SUCH_VERIFICATION } from "@/lib/errors";
import { endpoint, json, refuse, route } from "@/lib/http";
import { cancelVerification } from "@/lib/verification/cancel";
import { getVerification } from "@/lib/verification/verification";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readVerification, async ({ params, apiKey }) => {
    const verification = await getVerification(params.id, { apiKey });
    if (!verification) return refuse(NO_SUCH_VERIFICATION);
    return json(verificationBody(verification));
  }),

  DELETE: endpoint(cancelOperation, async ({ params, apiKey }) => {
    const result = await cancelVerification(params.id, { apiKey });
    return result.outcome === "refused" ? refuse(result) : json(verificationBody(result.verification));
  }),
});
