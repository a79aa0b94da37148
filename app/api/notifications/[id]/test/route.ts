import { testTarget } from "@/lib/api/notifications";
import { refusal } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { refuse } from "@/lib/http/problem";
import { tellTest } from "@/lib/notifications/deliver";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(testTarget, async ({ params }) => {
    const told = await tellTest(params.id);
    if (!told) return refuse(refusal("not_found", { detail: "There is no target with this id." }));
    return answer(testTarget, 200, {
      delivered: told.outcome === "delivered",
      error: told.outcome === "failed" ? told.error : null,
    });
  }),
});
