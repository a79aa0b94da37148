import {
  deleteDestinationRule,
  putDestinationRuleOperation,
  readDestinationRuleOperation,
} from "@/lib/api/protection/destinations";
import { refusal } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import {
  putDestinationRule,
  readDestinationRule,
  removeDestinationRule,
} from "@/lib/protection/destination-rules";

const NOTHING = refusal("not_found", { detail: "Nothing is said of this place." });

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readDestinationRuleOperation, async ({ params }) => {
    const found = await readDestinationRule(params.place);
    return found ? answer(readDestinationRuleOperation, 200, found) : refuse(NOTHING);
  }),

  PUT: endpoint(putDestinationRuleOperation, async ({ params, body }) =>
    answer(putDestinationRuleOperation, 200, await putDestinationRule({ ...params, ...body })),
  ),

  DELETE: endpoint(deleteDestinationRule, async ({ params }) =>
    (await removeDestinationRule(params.place))
      ? new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } })
      : refuse(NOTHING),
  ),
});
