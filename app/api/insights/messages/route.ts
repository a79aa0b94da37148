import { insightsMessages } from "@/lib/api/insights-operations";
import { reportEndpoint } from "@/lib/api/report-endpoint";
import { route } from "@/lib/http";
import { allMessages, MESSAGE_COLUMNS, messages } from "@/lib/insights/reports/messages";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsMessages, async ({ query }, asFile) => {
    const name = "messages";
    const columns = MESSAGE_COLUMNS;
    // A file has all of them, read as it is written.
    if (asFile) return { report: query, name, columns, rows: allMessages(query) };
    const report = await messages(query);
    return { report, name, columns, rows: report.rows };
  }),
});
