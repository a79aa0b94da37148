import { listBreakers } from "@/lib/api/protection/exposure";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { readBreakers, readBreakerSteps } from "@/lib/protection/breakers";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listBreakers, async () => {
    const [rows, steps] = await Promise.all([readBreakers(), readBreakerSteps()]);
    return answer(listBreakers, 200, { rows, steps });
  }),
});
