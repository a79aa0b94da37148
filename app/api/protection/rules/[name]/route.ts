import { changeRuleOperation, thresholdFault } from "@/lib/api/protection/rules";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { invalidField } from "@/lib/http/problem";
import { changeRule } from "@/lib/protection/rules";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: endpoint(changeRuleOperation, async ({ params: { name }, body }) => {
    const fault = body.threshold === undefined ? null : thresholdFault(name, body.threshold);
    if (fault) throw invalidField("threshold", fault);
    return answer(changeRuleOperation, 200, await changeRule({ name, ...body }));
  }),
});
