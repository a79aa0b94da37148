import { changeTargetOperation, deleteTarget } from "@/lib/api/notifications";
import { refusal } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { changeTarget, removeTarget } from "@/lib/notifications/targets";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: endpoint(changeTargetOperation, async ({ params, body }) => {
    const changed = await changeTarget(params.id, body);
    return changed
      ? answer(changeTargetOperation, 200, changed)
      : refuse(refusal("not_found", { detail: "There is no target of this kind with this id." }));
  }),

  DELETE: endpoint(deleteTarget, async ({ params }) =>
    (await removeTarget(params.id))
      ? new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } })
      : refuse(refusal("not_found", { detail: "There is no target with this id." })),
  ),
});
