import { insightsErrors } from "@/lib/api/insights-operations";
import { reportEndpoint } from "@/lib/api/report-endpoint";
import { route } from "@/lib/http";
import { errors } from "@/lib/insights/errors";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsErrors, async ({ query }) => {
    const report = await errors(query);
    const columns = ["kind", "code", "words", "messages", "share", "previous"] as const;
    return { report, name: "errors", columns, rows: report.rows };
  }),
});
