/**
 * The API without Next: its route files take a `Request` and answer with a `Response`, so they are called from node:http directly. Next does
 * the same with about a millisecond more, which is a third of what a check takes.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendNodeResponse } from "srvx/node";
import type { PathParams } from "@/lib/http/caller";
import { METHODS } from "@/lib/http/frame";
import { nothingHere } from "@/lib/http/refusals";
import { apiRoutes, findRoute, type RouteModule } from "./api-routes";
import { ApiRequest } from "./api-request";
import { rawPath } from "./target";

/** Answers a request; resolves when the answer has been handed over. */
type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface FastLane {
  answer: Listener;
  /** Loads all of its routes, so that nobody who asks first waits for it; throws when one cannot be loaded. */
  load: () => Promise<void>;
}

/** Next's answer to OPTIONS: of each route file, since each has a handler for every method, if only one that refuses. */
const ALLOW = [...METHODS, "HEAD", "OPTIONS"].sort().join(", ");

/**
 * What answers `/api/…`. Its paths have been looked at before: they are what they say, and their percent signs encode something.
 *
 * @param answers which of the routes it has, by their path as OpenAPI writes it; each file is loaded when it is first asked for
 */
export function fastLane(answers: (path: string) => boolean): FastLane {
  const routes = apiRoutes().filter(({ path }) => answers(path));
  return {
    answer: async (req, res) => {
      const request = new ApiRequest(req);
      const found = findRoute(routes, rawPath(req.url));
      const answer = found ? call(await found.route.load(), request, found.params) : nothingHere(request);
      await sendNodeResponse(res, await answer);
    },
    load: async () => {
      await Promise.all(routes.map((route) => route.load()));
    },
  };
}

/** As Next: HEAD is GET without its body, and OPTIONS tells the methods. */
async function call(module: RouteModule, request: Request, params: PathParams): Promise<Response> {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: ALLOW } });
  const handler = module[request.method === "HEAD" ? "GET" : request.method];
  return handler ? handler(request, { params: Promise.resolve(params) }) : nothingHere(request);
}
