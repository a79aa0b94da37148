import { createSender, listSenders } from "@/lib/api/senders";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { addSender, readSenders } from "@/lib/senders/senders";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listSenders, async () => answer(listSenders, 200, { rows: await readSenders() })),

  POST: endpoint(createSender, async ({ body: { author, ...settings } }) => {
    const added = await addSender(settings, author);
    return "outcome" in added ? refuse(added) : answer(createSender, 201, added);
  }),
});
