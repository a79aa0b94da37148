/** What Next's router in the browser sends along with its own requests: Next throws at whatever else it finds there. */
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

/** A part of a path: its name, or a parameter with its name, its value, how it is written and what stands beside it. */
const Segment = z.union([
  z.string(),
  z.tuple([
    z.string(),
    z.string(),
    z.string().regex(/^(oc|[cd](i\((\.|\.\.|\.\.\.|\.\.\)\(\.\.)\))?)$/),
    z.array(z.string()).nullable(),
  ]),
]);

const RouterState: z.ZodType = z.lazy(() =>
  z.tuple([
    Segment,
    z.record(z.string(), RouterState),
    z.tuple([z.string(), z.string()]).nullish(),
    z.enum(["refetch", "inside-shared-layout", "metadata-only"]).nullish(),
    z.number().nullish(),
    z.string().optional(),
  ]),
);

/**
 * More than our pages have by far: theirs take some ten. Next checks such a state in a time that grows with the square of its depth: one
 * of 5 kB, six hundred deep, took a fifth of a second.
 */
const MOST_ARRAYS = 64;
const MOST_CHARACTERS = 8_192;

/** Whether the state of the router that a request names is none. */
export function hasMalformedRouterHeader(headers: IncomingHttpHeaders): boolean {
  const state = headers["next-router-state-tree"];
  return state !== undefined && !isRouterState(String(state));
}

function isRouterState(text: string): boolean {
  try {
    const json = decodeURIComponent(text);
    if (json.length > MOST_CHARACTERS || json.split("[").length > MOST_ARRAYS) return false;
    return RouterState.safeParse(JSON.parse(json)).success;
  } catch {
    return false;
  }
}
