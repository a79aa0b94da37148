/**
 * Reports for which there will be no place are refused here, before Next sees them: to render a page only so that its panels say so costs the
 * event loop ten milliseconds, and this a fraction of one.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import { reportsBusy, type RequestRefusal } from "@/lib/http/refusals";
import { decodedPath, isApi, rawPath } from "./target";

/** So many may be under way, in multiples of the places: those of one client, which is several pages at once, and all together. */
const UNDER_WAY = { ofOne: 6, ofAll: 24 } as const;

/** A page is several reports. What Next's router fetches ahead of a click is none yet. */
const OF_PAGE = 4;

/** Counts a request as under way until it has been answered; or says why it is not let in. Null when it is, or is none for a report. */
export type ReportGate = (
  request: IncomingMessage,
  response: ServerResponse,
  from: string,
) => RequestRefusal | null;

export function reportGate(): ReportGate {
  const underWay = new Map<string, number>();
  let all = 0;
  const count = (from: string, change: number) => {
    all += change;
    const own = (underWay.get(from) ?? 0) + change;
    if (own > 0) underWay.set(from, own);
    else underWay.delete(from);
  };
  return (request, response, from) => {
    const path = rawPath(request.url);
    if (!asksForReports(path)) return null;
    const weight = isApi(path) || request.headers["next-router-prefetch"] ? 1 : OF_PAGE;
    const places = env().REPORTS_AT_ONCE;
    const ofClient = (underWay.get(from) ?? 0) >= UNDER_WAY.ofOne * places;
    if (ofClient || all >= UNDER_WAY.ofAll * places) {
      return reportsBusy({ ofClient, forPage: !isApi(path) });
    }
    count(from, weight);
    response.once("close", () => count(from, -weight));
    return null;
  };
}

/** Whether an address is a report's, or a page's that is made of them. */
function asksForReports(path: string): boolean {
  const decoded = decodedPath(path) ?? path;
  return (
    /^\/+(?:api\/+insights|destinations|messages|feedback)(?:\/|$)/.test(decoded) || /^\/*$/.test(decoded)
  );
}
