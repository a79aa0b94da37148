/**
 * The API's route files, found by their path as Next finds them: a new one needs no line anywhere else.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import type { PathParams } from "@/lib/http/caller";
import type { RouteHandler } from "@/lib/http/frame";

/** What a route file exports: a handler for each method it takes. */
export type RouteModule = Readonly<Partial<Record<string, RouteHandler>>>;

export interface Route {
  /** Of its file, from the project's root. */
  file: string;
  /** As OpenAPI writes it: `/api/verifications/{id}`. */
  path: string;
  /** Of a whole path, with the parameters as groups. */
  pattern: RegExp;
  /** Loads the file, once. */
  load: () => Promise<RouteModule>;
}

/** From the project's root, where all of our programs are started. */
const FOLDER = "app/api";

/** All of them, those with fewer parameters first, as Next prefers them. */
export function apiRoutes(): Route[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .map(toRoute)
    .sort((a, b) => parameters(a) - parameters(b));
}

function toRoute(file: string): Route {
  const segments = ["api", ...file.split(path.sep).slice(0, -1)];
  const pattern = segments.map((segment) =>
    segment
      .replaceAll(".", "\\.")
      .replace(/^\[\\\.\\\.\\\.(\w+)\]$/, "(?<$1>.+)")
      .replace(/^\[(\w+)\]$/, "(?<$1>[^/]+)"),
  );
  const module = file.replaceAll(path.sep, "/").replace(/\.ts$/, "");
  let loaded: Promise<RouteModule> | undefined;
  return {
    file: path.join(FOLDER, file),
    path: `/${segments.join("/").replace(/\[([^\]]+)\]/g, "{$1}")}`,
    pattern: new RegExp(`^/${pattern.join("/")}$`),
    // Node asks the loader's thread anew each time, in which tsx looks at the file system: that takes longer than what most requests are for.
    // The name is put together here so that the bundle of a program has all files that it may be.
    load: () =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a route file has handlers, or Next would not build it
      (loaded ??= import(/* @vite-ignore */ `../../app/api/${module}.ts`) as Promise<RouteModule>),
  };
}

function parameters(route: Route): number {
  return route.path.includes("...") ? Infinity : route.path.split("{").length;
}

/** Which route a path leads to, with its parameters decoded; undefined when to none. */
export function findRoute<Each extends Pick<Route, "pattern">>(
  routes: readonly Each[],
  pathname: string,
): { route: Each; params: PathParams } | undefined {
  for (const route of routes) {
    const match = route.pattern.exec(pathname);
    if (match) return { route, params: paramsOf(route.pattern, match.groups ?? {}) };
  }
  return undefined;
}

function paramsOf({ source }: RegExp, groups: Record<string, string>): PathParams {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [
      name,
      source.includes(`(?<${name}>.+)`)
        ? value.split("/").map(decodeURIComponent)
        : decodeURIComponent(value),
    ]),
  );
}
