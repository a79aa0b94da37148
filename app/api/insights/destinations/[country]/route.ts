import { insightsDestination } from "@/lib/api/insights-operations";
import { reportEndpoint } from "@/lib/api/report-endpoint";
import { route } from "@/lib/http";
import { destinationColumns } from "@/lib/insights/columns";
import { destination } from "@/lib/insights/destination";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsDestination, async ({ params, query }) => {
    const report = await destination(query, params.country);
    const { networks: rows } = report;
    return {
      report,
      name: `destination-${params.country}`,
      columns: destinationColumns(rows, "network"),
      rows,
    };
  }),
});
