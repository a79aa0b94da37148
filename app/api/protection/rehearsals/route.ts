import { rehearseOperation } from "@/lib/api/protection/rules";
import { now, secondsAfter } from "@/lib/clock";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { invalidField } from "@/lib/http/problem";
import { DECISION_DAYS } from "@/lib/protection/partitions";
import { rehearse } from "@/lib/insights/reports/rehearsal";
import { DAY_SECONDS } from "@/lib/terms/durations";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(rehearseOperation, async ({ body: { rule, thresholds, to = now(), from } }) => {
    const begin = from ?? secondsAfter(to, -DECISION_DAYS * DAY_SECONDS);
    if (begin >= to) throw invalidField("from", "must be before to");
    const rows = await rehearse({ rule, thresholds, from: begin, to });
    const { refused = 0, saved = 0, falsePositives = 0 } = rows[0] ?? {};
    return answer(rehearseOperation, 200, { refused, saved, falsePositives, rows });
  }),
});
