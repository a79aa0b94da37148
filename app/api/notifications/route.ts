import { createTarget, listTargets } from "@/lib/api/notifications";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { addTarget, readTargets } from "@/lib/notifications/targets";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listTargets, async () => answer(listTargets, 200, { rows: await readTargets() })),

  POST: endpoint(createTarget, async ({ body }) => {
    const { target, secret } = await addTarget(body);
    return answer(createTarget, 201, { ...target, secret });
  }),
});
