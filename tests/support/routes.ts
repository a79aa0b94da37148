/**
 * The API's route handlers, reached as the server reaches them: by path, with the path's parameters. No server is needed, since
 * they take a `Request` and answer with a `Response`.
 */
import { apiRoutes, findRoute } from "@/scripts/server/api-routes";

export const ROUTES = apiRoutes();

/** Calls the handler of a request's path and method. */
export async function dispatch(request: Request): Promise<Response> {
  const found = findRoute(ROUTES, new URL(request.url).pathname);
  if (!found) return new Response(null, { status: 404 });
  const handler = (await found.route.load())[request.method];
  if (!handler) return new Response(null, { status: 405 });
  return handler(request, { params: Promise.resolve(found.params) });
}
