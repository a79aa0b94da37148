import { renewSecretOperation } from "@/lib/api/notifications";
import { refusal } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { renewSecret } from "@/lib/notifications/targets";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(renewSecretOperation, async ({ params }) => {
    const renewed = await renewSecret(params.id);
    return renewed
      ? answer(renewSecretOperation, 200, renewed)
      : refuse(refusal("not_found", { detail: "There is no webhook with this id." }));
  }),
});
