import { insightsMessages } from "@/lib/api/insights/messages";
import { reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { readWholeLog, MESSAGE_COLUMNS, readMessageLog } from "@/lib/insights/reports/messages";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(
    insightsMessages,
    async ({ query: asked, isOurs: withIds }, asFile) => {
      const query = { ...asked, withIds };
      const name = "messages";
      const columns = MESSAGE_COLUMNS;
      // A file has all of them, read as it is written.
      if (asFile) return { fileOf: query.range, name, columns, rows: readWholeLog(query) };
      const report = await readMessageLog(query);
      return { report, name, columns, rows: report.rows };
    },
    { bounded: true },
  ),
});
