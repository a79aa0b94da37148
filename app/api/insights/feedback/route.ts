import { insightsFeedback } from "@/lib/api/insights/feedback";
import { fileTable, reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import { FEEDBACK_COLUMNS, readFeedback } from "@/lib/insights/reports/feedback";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsFeedback, async ({ query }) => {
    const report = await readFeedback(query);
    return query.part === "refusals"
      ? { report, name: "feedback-refusals", ...fileTable(["error", "messages"], report.refusals) }
      : { report, name: "feedback", ...fileTable(FEEDBACK_COLUMNS, [report]) };
  }),
});
