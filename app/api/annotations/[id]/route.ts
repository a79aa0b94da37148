import { removeAnnotation } from "@/lib/annotations";
import { deleteAnnotation } from "@/lib/api/annotations";
import { refusal } from "@/lib/errors";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: endpoint(deleteAnnotation, async ({ params }) =>
    (await removeAnnotation(params.id))
      ? new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } })
      : refuse(refusal("not_found", { detail: "There is no annotation with this id." })),
  ),
});
