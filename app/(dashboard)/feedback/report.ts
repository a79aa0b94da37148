import { cache } from "react";
import { feedbackReport } from "@/lib/insights/reports/feedback";
import type { View } from "../view";

/** The view's feedback, read once for all panels. */
export const feedbackOf = cache((view: View) => feedbackReport(view.query));
