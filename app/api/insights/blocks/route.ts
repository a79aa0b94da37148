import { DEFAULT_LIMIT, insightsBlocks } from "@/lib/api/insights-operations";
import { reached, reportEndpoint } from "@/lib/api/report-endpoint";
import { route } from "@/lib/http";
import { readBlocks } from "@/lib/insights/reports/blocks";
import { blockColumns } from "@/lib/insights/reports/columns";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(
    insightsBlocks,
    async ({ query }, asFile) => {
      const limit = query.limit ?? (asFile ? undefined : DEFAULT_LIMIT.blocks);
      const report = reached(await readBlocks(query, { limit, cursor: query.cursor }));
      const { rows } = report;
      return { report, name: "blocks", columns: blockColumns(rows), rows };
    },
    { bounded: true },
  ),
});
