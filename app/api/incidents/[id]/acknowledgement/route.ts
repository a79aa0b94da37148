import { acknowledgeIncidentOperation } from "@/lib/api/incidents";
import { refusal } from "@/lib/errors";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { acknowledgeIncident } from "@/lib/notifications/acknowledge";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: endpoint(acknowledgeIncidentOperation, async ({ params, body }) =>
    (await acknowledgeIncident(params.id, body.note, null))
      ? new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } })
      : refuse(refusal("not_found", { detail: "There is no incident with this id." })),
  ),
});
