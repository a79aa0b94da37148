import { listIncidents } from "@/lib/api/incidents";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { readIncidents } from "@/lib/notifications/incidents";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listIncidents, async () => {
    const rows = (await readIncidents()).map(({ said: { title, text }, level: _, ...row }) => ({
      ...row,
      title,
      text,
    }));
    return answer(listIncidents, 200, { rows });
  }),
});
