import { readyz } from "@/lib/api/system";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { Problem } from "@/lib/http/problem";
import { readiness } from "@/lib/readiness";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readyz, async () => {
    const missing = await readiness();
    if (missing) throw new Problem("unavailable", { detail: missing, retryAfter: 5 });
    return answer(readyz, 200, { status: "ok", database: "ok", migrations: "ok" });
  }),
});
