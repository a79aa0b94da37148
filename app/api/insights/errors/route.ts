import { insightsErrors } from "@/lib/api/insights/errors";
import { reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { ERROR_COLUMNS } from "@/lib/insights/reports/columns";
import { readErrors } from "@/lib/insights/reports/errors";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsErrors, async ({ query }) => {
    const report = await readErrors(query);
    return { report, name: "errors", columns: ERROR_COLUMNS, rows: report.rows };
  }),
});
