import { inboundCall } from "@/lib/api/operations";
import { endpoint, route, xml } from "@/lib/http";
import { answerCall } from "@/lib/verification/inbound";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(inboundCall, async ({ body }) => xml(await answerCall(body))),
});
