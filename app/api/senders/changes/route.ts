import { listSenderChanges } from "@/lib/api/senders";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { readSenderChanges } from "@/lib/senders/senders";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listSenderChanges, async () =>
    answer(listSenderChanges, 200, { rows: await readSenderChanges() }),
  ),
});
