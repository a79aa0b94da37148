import { cancelVerification as cancelOperation, readVerification } from "@/lib/api/operations";
import { verificationBody } from "@/lib/api/verification-body";
import { NO_SUCH_VERIFICATION } from "@/lib/errors";
import { endpoint, json, refuse, route } from "@/lib/http";
import { cancelVerification } from "@/lib/verification/cancel";
import { getVerification } from "@/lib/verification/verification";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readVerification, async ({ params }) => {
    const verification = await getVerification(params.id);
    if (!verification) return refuse(NO_SUCH_VERIFICATION);
    return json(verificationBody(verification));
  }),

  DELETE: endpoint(cancelOperation, async ({ params }) => {
    const result = await cancelVerification(params.id);
    return result.outcome === "refused" ? refuse(result) : json(verificationBody(result.verification));
  }),
});
