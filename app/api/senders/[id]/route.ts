import { changeSenderOperation, deleteSender, readSenderOperation } from "@/lib/api/senders";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { changeSender, findSender, removeSender } from "@/lib/senders/senders";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readSenderOperation, async ({ params }) => {
    const found = await findSender(params.id);
    return "outcome" in found ? refuse(found) : answer(readSenderOperation, 200, found);
  }),

  PUT: endpoint(changeSenderOperation, async ({ params, body: { author, ...settings } }) => {
    const changed = await changeSender(params.id, settings, author);
    return "outcome" in changed ? refuse(changed) : answer(changeSenderOperation, 200, changed);
  }),

  DELETE: endpoint(deleteSender, async ({ params }) => {
    const refused = await removeSender(params.id, "API");
    return refused
      ? refuse(refused)
      : new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
  }),
});
