import { listRules } from "@/lib/api/protection/rules";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { readRules } from "@/lib/protection/rules";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listRules, async () => answer(listRules, 200, { rows: await readRules() })),
});
