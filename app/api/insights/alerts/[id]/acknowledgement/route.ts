import { acknowledgeFindingOperation } from "@/lib/api/incidents";
import { refusal } from "@/lib/errors";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { acknowledgeFinding } from "@/lib/notifications/acknowledge";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: endpoint(acknowledgeFindingOperation, async ({ params, body }) =>
    (await acknowledgeFinding(params.id, body.note, null))
      ? new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } })
      : refuse(refusal("not_found", { detail: "There is no finding with this id." })),
  ),
});
