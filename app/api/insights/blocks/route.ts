import { insightsBlocks } from "@/lib/api/insights-operations";
import { reportEndpoint } from "@/lib/api/report-endpoint";
import { route } from "@/lib/http";
import { blocks } from "@/lib/insights/blocks";
import { blockColumns } from "@/lib/insights/columns";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsBlocks, async ({ query }) => {
    const report = await blocks(query, query.limit);
    const { rows } = report;
    return { report, name: "blocks", columns: blockColumns(rows), rows };
  }),
});
