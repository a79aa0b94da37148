import { insightsChanges } from "@/lib/api/insights/changes";
import { reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { readChanges } from "@/lib/insights/reports/changes";
import { destinationColumns } from "@/lib/insights/reports/columns";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsChanges, async ({ query }) => {
    const report = await readChanges(query, query.limit);
    const { rows } = report;
    return { report, name: "changes", columns: destinationColumns(rows, "country"), rows };
  }),
});
