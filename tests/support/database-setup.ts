/** Vitest's global set-up of the projects with a database: their server, whose template each test file clones. */
import type { TestProject } from "vitest/node";
import { openTestServer, type Origin } from "./test-server";

declare module "vitest" {
  interface ProvidedContext {
    testDatabases: Origin;
  }
}

/** Shared by the projects of one run: each runs this set-up, in the same process. */
let opened: ReturnType<typeof openTestServer> | undefined;
let users = 0;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  opened ??= openTestServer();
  users += 1;
  const { serverUrl, template, close } = await opened;
  project.provide("testDatabases", { serverUrl, template });
  return async () => {
    users -= 1;
    if (users === 0) await close();
  };
}
