import { insightsFeedback } from "@/lib/api/insights-operations";
import { reportEndpoint } from "@/lib/api/report-endpoint";
import { route } from "@/lib/http";
import { FEEDBACK_COLUMNS, feedbackReport } from "@/lib/insights/feedback-report";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsFeedback, async ({ query }) => {
    const report = await feedbackReport(query);
    return { report, name: "feedback", columns: FEEDBACK_COLUMNS, rows: [report] };
  }),
});
