import { insightsSummary } from "@/lib/api/insights/summary";
import { reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { matureColumns, measureColumns } from "@/lib/insights/reports/columns";
import { readSummary } from "@/lib/insights/reports/summary";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsSummary, async ({ query }) => {
    const report = await readSummary(query);
    const { current, previous, range, previousRange } = report;
    const rows = [
      { period: "current", range, ...current },
      ...(previous && previousRange ? [{ period: "previous", range: previousRange, ...previous }] : []),
    ];
    const columns = [
      "period",
      "range.from",
      "range.to",
      ...measureColumns(rows),
      ...matureColumns(),
    ] as const;
    return { report, name: "summary", columns, rows };
  }),
});
