import { readyz } from "@/lib/api/operations";
import { endpoint, json, Problem, route } from "@/lib/http";
import { readiness } from "@/lib/readiness";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readyz, async () => {
    const missing = await readiness();
    if (missing) throw new Problem("unavailable", { detail: missing, retryAfter: 5 });
    return json({ status: "ok", database: "ok", migrations: "ok" });
  }),
});
