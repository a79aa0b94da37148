import { livez } from "@/lib/api/system";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(livez, () => answer(livez, 200, { status: "ok" })),
});
