/** The walls of .dependency-cruiser.js, each shown an import that breaks it, and imports they let through. */
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import walls from "@/.dependency-cruiser.js";

const root = path.resolve(import.meta.dirname, "../..");

/** The wall, the importer, what it says. No two cases are the same file. */
const BROKEN: [wall: string, file: string, code: string][] = [
  ["lib-below-app", "lib/insights/reports/a.ts", 'import { Page } from "@/app/page";'],
  ["lib-below-app", "lib/insights/reports/b.ts", 'import { Page } from "../../../app/page";'],
  ["lib-below-app", "lib/insights/reports/c.ts", 'import type { Props } from "@/components/ui/button";'],
  ["product-alone", "lib/messaging/a.ts", 'import { createSimulator } from "@/simulator/server";'],
  ["product-alone", "lib/messaging/b.ts", 'await import("../../simulator/server");'],
  ["product-alone", "lib/messaging/c.ts", 'export * from "@/simulator/server";'],
  ["product-alone", "lib/messaging/d.ts", 'require("@/simulator/server");'],
  ["product-alone", "lib/messaging/e.ts", 'export type A = import("@/simulator/server").Simulator;'],
  ["product-alone", "app/phone/a.tsx", 'import { createSimulator } from "@/simulator/server";'],
  ["product-alone", "app/b.tsx", 'import { serve } from "@/scripts/serve";'],
  ["product-alone", "lib/feedback/a.ts", 'import { world } from "@/demo/world";'],
  ["product-alone", "components/ui/a.tsx", 'import type { World } from "@/demo/world";'],
  ["product-alone", "app/c.tsx", 'import { world } from "../demo/world";'],
  ["simulator-alone", "simulator/a.ts", 'import { db } from "@/lib/db";'],
  ["lib-without-react", "lib/verification/a.ts", 'import { headers } from "next/headers";'],
  ["lib-without-react", "lib/verification/b.ts", 'import { cache } from "react";'],
  ["components-below-app", "components/login/a.tsx", 'import { login } from "@/app/login/actions";'],
  ["components-take-data", "components/ui/b.tsx", 'import { db } from "@/lib/db";'],
  ["components-take-data", "components/ui/c.tsx", 'import { type Sql, db } from "../../lib/db";'],
  ["terms-import-nothing", "lib/terms/a.ts", 'import { z } from "zod";'],
  ["terms-import-nothing", "lib/terms/b.ts", 'import { env } from "../env";'],
  ["handlers-without-next", "app/api/a/route.ts", 'import { headers } from "next/headers";'],
  ["handlers-without-next", "app/api/b/route.ts", 'import { NextResponse } from "next/server";'],
  ["twilio-in-one-place", "lib/verification/c.ts", 'import twilio from "twilio";'],
  ["twilio-in-one-place", "app/api/c/route.ts", 'import type Client from "twilio/lib/rest/Twilio";'],
  ["twilio-in-one-place", "scripts/a.ts", 'import twilio from "twilio";'],
  ["database-in-one-place", "lib/feedback/b.ts", 'import { PrismaClient } from "@/prisma/generated/client";'],
  ["database-in-one-place", "lib/feedback/c.ts", 'import { PrismaPg } from "@prisma/adapter-pg";'],
  ["database-in-one-place", "app/d.tsx", 'import { Pool } from "pg";'],
  ["environment-in-one-place", "lib/feedback/d.ts", 'import { env } from "node:process";'],
  ["environment-in-one-place", "lib/feedback/e.ts", 'import { env } from "process";'],
  ["a floor of lib", "lib/messaging/f.ts", 'import { start } from "../verification/start";'],
  ["a floor of lib", "lib/env.ts", 'import { clock } from "./clock";'],
  ["a floor of lib", "lib/protection/a.ts", 'import type { Row } from "@/lib/insights/counting/rows";'],
  ["a floor of lib", "lib/insights/statistics/a.ts", 'import type { Row } from "../counting/rows";'],
  ["a floor of lib", "lib/insights/counting/a.ts", 'import type { Query } from "../asking/query";'],
  ["a floor of lib", "lib/insights/asking/a.ts", 'import { summary } from "../reports/summary";'],
  ["a floor of components", "components/ui/d.tsx", 'import { Panel } from "../dashboard/panel";'],
  ["every-room-on-a-floor", "app/e.tsx", 'import { thing } from "@/lib/new-room/thing";'],
  ["no-circle", "tests/circle/a.ts", 'import type { B } from "./b"; export type A = B;'],
];

/** What the architecture foresees. */
const FORESEEN: [what: string, file: string, code: string][] = [
  ["app importing lib", "app/page.tsx", 'import { start } from "@/lib/verification/start";'],
  ["app importing components", "app/other/page.tsx", 'import { Button } from "@/components/ui/button";'],
  [
    "components: types of lib",
    "components/ui/e.tsx",
    'import type { Row } from "@/lib/insights/asking/query";',
  ],
  ["components: { type }", "components/ui/f.tsx", 'import { type Row } from "@/lib/insights/asking/query";'],
  ["components: import().Type", "components/ui/g.tsx", 'export type D = import("@/lib/db").Db;'],
  ["components: terms", "components/ui/h.tsx", 'import { ACTIONS } from "@/lib/terms/actions";'],
  ["a term of terms", "lib/terms/c.ts", 'import { DAY } from "./actions";'],
  ["pages importing Next", "app/login/page.tsx", 'import { cookies } from "next/headers";'],
  ["lib/http importing Next", "lib/http/session.ts", 'import { cookies } from "next/headers";'],
  ["lib/messaging importing twilio", "lib/messaging/g.ts", 'import twilio from "twilio";'],
  ["lib/db making the client", "lib/db.ts", 'import { PrismaClient } from "@/prisma/generated/client";'],
  ["lib: its types", "lib/account/a.ts", 'import type { Message } from "@/prisma/generated/client";'],
  ["lib on its own floor", "lib/verification/d.ts", 'import { start } from "./start"; export default start;'],
  ["tests importing the simulator", "tests/a.test.ts", 'import { server } from "@/simulator/server";'],
  ["demo importing it", "demo/a.ts", 'import { server } from "@/simulator/server";'],
];

/** What the cases import, empty. */
const IMPORTED = [
  "app/page.tsx",
  "app/login/actions.ts",
  "components/ui/button.tsx",
  "components/dashboard/panel.tsx",
  "demo/world.ts",
  "lib/clock.ts",
  "lib/db.ts",
  "lib/env.ts",
  "lib/insights/asking/query.ts",
  "lib/insights/counting/rows.ts",
  "lib/insights/reports/summary.ts",
  "lib/new-room/thing.ts",
  "lib/terms/actions.ts",
  "lib/verification/start.ts",
  "prisma/generated/client.ts",
  "scripts/serve.ts",
  "simulator/server.ts",
];

let folder: string;
/** The walls that each file breaks. */
let broken: Map<string, string[]>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "walls-"));
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  write("tests/circle/b.ts", 'import type { A } from "./a"; export type B = A;');
  for (const file of IMPORTED) write(file, "export {};");
  for (const [, file, code] of [...BROKEN, ...FORESEEN]) write(file, code);
  broken = await brokenIn(folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, code: string): void {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, code);
}

async function brokenIn(baseDir: string): Promise<Map<string, string[]>> {
  const rooms = ["app", "components", "demo", "lib", "scripts", "simulator", "tests"];
  const { tsConfig: _, ...options } = walls.options ?? {};
  const { output } = await cruise(
    rooms,
    { ...options, baseDir, ruleSet: { forbidden: walls.forbidden ?? [] }, validate: true },
    { ...options.enhancedResolveOptions, alias: { "@": baseDir } },
  );
  if (typeof output === "string") throw new Error(output);
  return wallsByFile(output);
}

function wallsByFile({ summary }: ICruiseResult): Map<string, string[]> {
  const walls = new Map<string, string[]>();
  for (const { from, rule } of summary.violations) {
    walls.set(from, [
      ...(walls.get(from) ?? []),
      rule.name.replace(/^(lib|components)-floor-\d$/, "a floor of $1"),
    ]);
  }
  return walls;
}

describe("what breaks the architecture is refused", () => {
  it.each(BROKEN)("%s: %s: %s", (wall, file) => {
    expect(broken.get(file) ?? []).toContain(wall);
  });
});

describe("what the architecture foresees passes", () => {
  it.each(FORESEEN)("%s", (_what, file) => {
    expect(broken.get(file)).toBeUndefined();
  });
});

describe("the environment is read in one place", () => {
  const READS = "Only lib/env.ts reads the environment";

  /** What the linter says by the project's own rules, of a file in the folder and without types, which a snippet has none of. */
  function complaints(file: string, code: string): string {
    const rules = readFileSync(path.join(root, ".oxlintrc.json"), "utf8");
    write(".oxlintrc.json", rules.replace('"typeAware": true', '"typeAware": false'));
    write(file, code);
    const oxlint = path.join(root, "node_modules/oxlint/bin/oxlint");
    return spawnSync(process.execPath, [oxlint, file], { cwd: folder, encoding: "utf8" }).stdout;
  }

  it.each([
    ["process.env in lib", "lib/reads/a.ts", "export const url = process.env.DATABASE_URL;"],
    ["process.env in app", "app/reads/b.tsx", 'export const url = process["env"].DATABASE_URL;'],
    ["process.env unpacked", "components/reads/c.tsx", "const { env } = process; export default env;"],
  ])("%s is refused", (_what, file, code) => {
    expect(complaints(file, code)).toContain(READS);
  });

  it("lib/env reads it", () => {
    const said = complaints("lib/env.ts", "export const env = process.env;");
    expect(said).not.toContain(READS);
    expect(said).toContain("Found 0 warnings and 0 errors");
  });
});
