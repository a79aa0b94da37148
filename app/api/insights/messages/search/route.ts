import { findMessagesOperation } from "@/lib/api/insights/messages";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { inPlace } from "@/lib/insights/asking/places";
import { findMessages } from "@/lib/insights/reports/found-messages";
import { MOST_FOUND } from "@/lib/terms/limits";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(findMessagesOperation, async ({ body }) => {
    const rows = await inPlace(() => findMessages(body.key, { limit: MOST_FOUND, withIds: true }));
    return answer(findMessagesOperation, 200, { rows });
  }),
});
