/**
 * The API's route handlers, reached as Next reaches them: by path, with the path's parameters. No server is needed, since
 * they take a `Request` and answer with a `Response`.
 */
import { readdirSync } from "node:fs";
import path from "node:path";

type Params = Record<string, string | string[]>;
type RouteModule = Record<
  string,
  ((request: Request, context: { params: Promise<Params> }) => Promise<Response>) | undefined
>;

interface Route {
  pattern: RegExp;
  /** The file's path from the project's root. */
  file: string;
  /** As OpenAPI writes it. */
  path: string;
  load: () => Promise<RouteModule>;
}

const ROOT = path.resolve(import.meta.dirname, "../..");

/** All of them; those with fewer wildcards first, as Next prefers them. */
export const ROUTES: Route[] = readdirSync(path.join(ROOT, "app/api"), { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => toRoute(path.join("app/api", file)))
  .sort((a, b) => wildcards(a) - wildcards(b));

function wildcards({ path: text }: Route): number {
  return text.includes("...") ? 9 : text.split("{").length;
}

function toRoute(file: string): Route {
  const segments = path.dirname(file).split(path.sep).slice(1);
  const pattern = segments.map((segment) =>
    segment
      .replace(/[.]json$/, "\\.json")
      .replace(/^\[\.\.\.(\w+)\]$/, "(?<$1>.+)")
      .replace(/^\[(\w+)\]$/, "(?<$1>[^/]+)"),
  );
  return {
    file,
    path: `/${segments.join("/").replace(/\[([^\]]+)\]/g, "{$1}")}`,
    pattern: new RegExp(`^/${pattern.join("/")}$`),
    load: () => import(/* @vite-ignore */ path.join(ROOT, file)) as Promise<RouteModule>,
  };
}

/** Calls the handler of a request's path and method. */
export async function dispatch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const { pattern, load } of ROUTES) {
    const match = pattern.exec(pathname);
    if (!match) continue;
    const handler = (await load())[request.method];
    if (!handler) return new Response(null, { status: 405 });
    const params = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return handler(request, { params: Promise.resolve(params) });
  }
  return new Response(null, { status: 404 });
}
