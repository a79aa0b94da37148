import { env } from "../env";
import { isOperatorNumber } from "./operators";
import type { Viewer } from "./session";

/** Whether someone may change what protects the sender, and see the dashboard where that is for operators only. */
export function isOperator(viewer: Viewer | null): boolean {
  return viewer !== null && isOperatorNumber(viewer.number);
}

/** Whether someone may see the dashboard and its data. */
export function mayReadDashboard(viewer: Viewer | null): boolean {
  return env().DASHBOARD_ACCESS === "open" || isOperator(viewer);
}
