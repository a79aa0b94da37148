import { listDecisions } from "@/lib/api/protection/decisions";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { readDecisions } from "@/lib/protection/decisions";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listDecisions, async ({ query: { verdict, ...query } }) =>
    answer(listDecisions, 200, { rows: await readDecisions({ ...query, verdicts: verdict && [verdict] }) }),
  ),
});
