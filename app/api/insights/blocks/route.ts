import { DEFAULT_ROWS } from "@/lib/terms/limits";
import { insightsBlocks } from "@/lib/api/insights/blocks";
import { reached, reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { readBlocks } from "@/lib/insights/reports/blocks";
import { blockColumns } from "@/lib/insights/reports/columns";
import { readStates } from "@/lib/protection/states";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(
    insightsBlocks,
    async ({ query }, asFile) => {
      const limit = query.limit ?? (asFile ? undefined : DEFAULT_ROWS.blocks);
      const report = reached(await readBlocks(query, { limit, cursor: query.cursor }));
      const { rows } = report;
      const states = await readStates(asFile ? [] : rows, query.filters);
      return {
        report: { ...report, rows: rows.map((row) => ({ ...row, state: states(row) })) },
        name: "blocks",
        columns: blockColumns(rows),
        rows,
      };
    },
    { bounded: true, countsMessages: true },
  ),
});
