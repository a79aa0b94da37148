import { livez } from "@/lib/api/operations";
import { endpoint, json, route } from "@/lib/http";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(livez, () => json({ status: "ok" })),
});
