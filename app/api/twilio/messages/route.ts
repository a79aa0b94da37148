import { inboundMessage } from "@/lib/api/twilio";
import { xml } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { answerMessage } from "@/lib/verification/inbound";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(inboundMessage, async ({ body }) => xml(await answerMessage(body))),
});
