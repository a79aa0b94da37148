import { listRules } from "@/lib/api/protection/rules";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { boundOf, readExposure } from "@/lib/protection/exposure";
import { readRules } from "@/lib/protection/rules";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listRules, async () => {
    const [rules, exposure] = await Promise.all([readRules(), readExposure()]);
    return answer(listRules, 200, {
      rows: rules.map((rule) => ({ ...rule, perDay: boundOf(rule, exposure) })),
    });
  }),
});
