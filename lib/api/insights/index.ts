/**
 * The reports, in the document's order.
 */
import type { Operation } from "../../http/operation";
import { insightsAlerts } from "./alerts";
import { insightsBlocks } from "./blocks";
import { insightsChanges } from "./changes";
import { insightsDestination } from "./destination";
import { insightsDestinations } from "./destinations";
import { insightsErrors } from "./errors";
import { insightsFeedback } from "./feedback";
import { findMessagesOperation, insightsMessage, insightsMessages } from "./messages";
import { insightsSummary } from "./summary";
import { insightsTimeseries } from "./timeseries";

export const INSIGHTS_OPERATIONS: readonly Operation[] = [
  insightsSummary,
  insightsTimeseries,
  insightsDestinations,
  insightsDestination,
  insightsBlocks,
  insightsErrors,
  insightsMessages,
  insightsFeedback,
  insightsAlerts,
  insightsChanges,
];

/** About messages as such: they have no range, and are no files. */
export const MESSAGE_OPERATIONS: readonly Operation[] = [findMessagesOperation, insightsMessage];
