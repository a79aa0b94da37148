import { cancelVerification as cancelOperation, readVerification } from "@/lib/api/operations";
import { isRefusal, NO_SUCH_VERIFICATION } from "@/lib/errors";
import { endpoint, json, refuse, route } from "@/lib/http";
import { cancelVerification } from "@/lib/verification/cancel";
import { getVerification } from "@/lib/verification/view";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readVerification, async ({ params }) => {
    const verification = await getVerification(params.id);
    if (!verification) return refuse(NO_SUCH_VERIFICATION);
    return json(verification);
  }),

  DELETE: endpoint(cancelOperation, async ({ params }) => {
    const result = await cancelVerification(params.id);
    return isRefusal(result) ? refuse(result) : json(result);
  }),
});
