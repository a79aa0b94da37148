/** The lint rules that hold the architecture, each shown a snippet that breaks it. */
import { Linter } from "eslint";
import path from "node:path";
import tseslint from "typescript-eslint";
import { describe, expect, test } from "vitest";
import config from "@/eslint.config.js";

const root = path.resolve(import.meta.dirname, "../..");

/** The project's own configuration without the rules that need the compiler: snippets are in no program. */
const untyped = [...config, tseslint.configs.disableTypeChecked] as Linter.Config[];

function complaints(file: string, code: string): string[] {
  const linter = new Linter({ cwd: root, configType: "flat" });
  return linter
    .verify(code, untyped, path.join(root, file))
    .filter(({ ruleId, fatal }) => fatal ?? /^architecture|^no-restricted/.test(ruleId ?? ""))
    .map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

describe("what breaks the architecture is refused", () => {
  test.each([
    ["lib importing app", "lib/insights/asking/report.ts", 'import { Page } from "@/app/page";'],
    [
      "lib importing app relatively",
      "lib/insights/asking/report.ts",
      'import { Page } from "../../../app/page";',
    ],
    [
      "lib importing components",
      "lib/insights/asking/report.ts",
      'import type { Props } from "@/components/ui/button";',
    ],
    [
      "lib importing the simulator",
      "lib/messaging/send.ts",
      'import { createSimulator } from "@/simulator/server";',
    ],
    ["lib importing it later", "lib/messaging/send.ts", 'await import("../../simulator/server");'],
    ["lib re-exporting it", "lib/messaging/send.ts", 'export * from "@/simulator/server";'],
    ["lib requiring it", "lib/messaging/send.ts", 'require("@/simulator/server");'],
    [
      "lib naming its types",
      "lib/messaging/send.ts",
      'export type A = import("@/simulator/server").Simulator;',
    ],
    [
      "app importing the simulator",
      "app/phone/page.tsx",
      'import { createSimulator } from "@/simulator/server";',
    ],
    ["app importing scripts", "app/page.tsx", 'import { serve } from "@/scripts/serve";'],
    ["lib importing Next", "lib/verification/start.ts", 'import { headers } from "next/headers";'],
    ["lib importing React", "lib/verification/start.ts", 'import { cache } from "react";'],
    ["components importing app", "components/login/form.tsx", 'import { login } from "@/app/login/actions";'],
    ["components importing values of lib", "components/ui/x.tsx", 'import { db } from "@/lib/db";'],
    [
      "components mixing types and values",
      "components/ui/x.tsx",
      'import { type Sql, db } from "../../lib/db";',
    ],
    ["a handler importing next/headers", "app/api/livez/route.ts", 'import { headers } from "next/headers";'],
    [
      "a handler importing next/server",
      "app/api/livez/route.ts",
      'import { NextResponse } from "next/server";',
    ],
    ["twilio outside lib/messaging", "lib/verification/start.ts", 'import twilio from "twilio";'],
    ["twilio's insides", "app/api/x/route.ts", 'import type Client from "twilio/lib/rest/Twilio";'],
    ["twilio in a script", "scripts/bench.ts", 'import twilio from "twilio";'],
    [
      "a client outside lib/db",
      "lib/insights/x.ts",
      'import { PrismaClient } from "@/prisma/generated/client";',
    ],
    ["an adapter outside lib/db", "lib/insights/x.ts", 'import { PrismaPg } from "@prisma/adapter-pg";'],
    ["pg in a page", "app/page.tsx", 'import { Pool } from "pg";'],
    ["process.env in lib", "lib/db.ts", "export const url = process.env.DATABASE_URL;"],
    ["process.env in app", "app/page.tsx", 'export const url = process["env"].DATABASE_URL;'],
    ["process.env unpacked", "components/x.tsx", "const { env } = process; export default env;"],
    ["node:process in lib", "lib/db.ts", 'import { env } from "node:process"; export default env;'],
    [
      "messaging importing the rules",
      "lib/messaging/send.ts",
      'import { start } from "../verification/start";',
    ],
    ["env importing the log", "lib/env.ts", 'import { log } from "./log";'],
  ])("%s", (_what, file, code) => {
    expect(complaints(file, code)).toHaveLength(1);
  });
});

describe("what the architecture foresees passes", () => {
  test.each([
    ["app importing lib", "app/page.tsx", 'import { start } from "@/lib/verification/start";'],
    ["app importing components", "app/page.tsx", 'import { Button } from "@/components/ui/button";'],
    [
      "components importing types of lib",
      "components/x.tsx",
      'import type { Row } from "@/lib/insights/asking/report";',
    ],
    [
      "components importing { type }",
      "components/x.tsx",
      'import { type Row } from "@/lib/insights/asking/report";',
    ],
    ["pages importing Next", "app/login/page.tsx", 'import { cookies } from "next/headers";'],
    ["lib/http importing Next", "lib/http/session.ts", 'import { cookies } from "next/headers";'],
    ["lib/messaging importing twilio", "lib/messaging/send.ts", 'import twilio from "twilio";'],
    ["lib/db making the client", "lib/db.ts", 'import { PrismaClient } from "@/prisma/generated/client";'],
    ["lib using the client's types", "lib/x.ts", 'import type { Message } from "@/prisma/generated/client";'],
    ["lib/env reading the environment", "lib/env.ts", "export const env = process.env;"],
    [
      "tests importing the simulator",
      "tests/api/x.test.ts",
      'import { createSimulator } from "@/simulator/server";',
    ],
  ])("%s", (_what, file, code) => {
    expect(complaints(file, code)).toEqual([]);
  });
});
