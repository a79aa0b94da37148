import { listDeliveries } from "@/lib/api/notifications";
import { refusal } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { readDeliveries } from "@/lib/notifications/due";
import { findTarget } from "@/lib/notifications/targets";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listDeliveries, async ({ params }) =>
    (await findTarget(params.id))
      ? answer(listDeliveries, 200, { rows: await readDeliveries(params.id) })
      : refuse(refusal("not_found", { detail: "There is no target with this id." })),
  ),
});
