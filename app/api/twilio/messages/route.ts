import { inboundMessage } from "@/lib/api/operations";
import { endpoint, route, xml } from "@/lib/http";
import { answerMessage } from "@/lib/verification/inbound";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(inboundMessage, async ({ body }) => xml(await answerMessage(body))),
});
