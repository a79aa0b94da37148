import { insightsMessage } from "@/lib/api/insights/messages";
import { refusal } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { inPlace } from "@/lib/insights/asking/places";
import { readMessageEvidence } from "@/lib/insights/reports/message-evidence";
import { readMessage } from "@/lib/insights/reports/messages";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(insightsMessage, async ({ params: { id }, isOurs }) => {
    const found = await inPlace(() => readMessage(id, { forEverybody: !isOurs }));
    if (!found) return refuse(refusal("not_found", { detail: "There is no message with this id." }));
    const { message, ofLogin } = found;
    const evidence = await inPlace(() => readMessageEvidence(id, { whole: false }));
    const others = ofLogin.filter((other) => other.id !== message.id);
    return answer(insightsMessage, 200, { message, others, ...evidence });
  }),
});
