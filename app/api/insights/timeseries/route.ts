import { insightsTimeseries } from "@/lib/api/insights/timeseries";
import { reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { bucketColumns } from "@/lib/insights/reports/columns";
import { readTimeseries } from "@/lib/insights/reports/timeseries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsTimeseries, async ({ query }) => {
    const report = await readTimeseries(query, query.interval);
    const { rows } = report;
    return { report, name: "timeseries", columns: bucketColumns(rows), rows };
  }),
});
