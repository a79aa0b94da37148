import { addSafe, listSafe, removeSafe } from "@/lib/api/protection/safe-list";
import { refusal } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { addSafeEntry, readSafeList, removeSafeEntry } from "@/lib/protection/safe-list";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listSafe, async () => answer(listSafe, 200, { rows: await readSafeList() })),

  POST: endpoint(addSafe, async ({ body }) => answer(addSafe, 201, await addSafeEntry(body))),

  DELETE: endpoint(removeSafe, async ({ body: { subject } }) =>
    (await removeSafeEntry(subject))
      ? new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } })
      : refuse(refusal("not_found", { detail: "It is not on the safe list." })),
  ),
});
