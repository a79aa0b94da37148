import { insightsAlerts } from "@/lib/api/insights/alerts";
import { reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { ALERT_COLUMNS, readAlerts } from "@/lib/insights/reports/alerts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsAlerts, async ({ query }) => {
    const report = await readAlerts(query);
    return { report, name: "alerts", columns: ALERT_COLUMNS, rows: report.rows };
  }),
});
