import { listDestinationRules } from "@/lib/api/protection/destinations";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { readDestinationRules } from "@/lib/protection/destination-rules";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listDestinationRules, async () =>
    answer(listDestinationRules, 200, { rows: await readDestinationRules() }),
  ),
});
