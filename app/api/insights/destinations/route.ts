import { DEFAULT_ROWS } from "@/lib/terms/limits";
import { insightsDestinations } from "@/lib/api/insights/destinations";
import { reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { destinationColumns } from "@/lib/insights/reports/columns";
import { readDestinations } from "@/lib/insights/reports/destinations";
import { readStates } from "@/lib/protection/states";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsDestinations, async ({ query }, asFile) => {
    const { by, sort, cursor } = query;
    const limit = query.limit ?? (asFile ? undefined : DEFAULT_ROWS.destinations);
    const report = await readDestinations(query, { by, sort, page: { limit, cursor } });
    const { rows } = report;
    const states = await readStates(asFile ? [] : rows, query.filters);
    return {
      report: { ...report, rows: rows.map((row) => ({ ...row, state: states(row) })) },
      name: "destinations",
      columns: destinationColumns(rows, by),
      rows,
    };
  }),
});
