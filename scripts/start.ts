/**
 * `npm start`: the app in production.
 *
 * The background loops run inside this process, and may do so in any number of them. To have them in processes of their
 * own, set LOOPS=off here and run `npm run worker` beside.
 */
import { existsSync } from "node:fs";
import { required } from "@/lib/env";
import { productionFaults, productionWarnings } from "@/lib/production";
import { inspectMigrations } from "./migrations/apply";
import type { RunningServer } from "./serve";
import { configuration, loadEnvFile } from "./support/env-file";
import { Fault } from "./support/fault";
import { refuseOtherZone } from "./support/refuse-other-zone";
import { runUntilStopped } from "./support/lifecycle";

async function start(): Promise<RunningServer> {
  loadEnvFile();
  refuseUnsafeConfiguration();
  const { PORT: port, LOOPS } = configuration();
  refuseMissingBuild();
  await refuseOutdatedDatabase();
  await refuseOtherZone();
  // Before Next and React are loaded: they choose their production code by it.
  Object.assign(process.env, { NODE_ENV: "production" });
  const { serve } = await import("./serve");
  const host = process.env["HOST"] || "0.0.0.0";
  const server = await serve({ port, host, loops: LOOPS === "on" });
  console.log(`OTP Insights listens on ${server.origin}`);
  return server;
}

function refuseUnsafeConfiguration(): void {
  const faults = productionFaults();
  if (faults.length) throw new Fault(["OTP Insights does not start:", ...faults].join("\n  "));
  for (const warning of productionWarnings()) console.warn(`Warning: ${warning}`);
}

function refuseMissingBuild(): void {
  if (!existsSync(".next/BUILD_ID")) throw new Fault("There is no build yet. Run `npm run build` first.");
}

async function refuseOutdatedDatabase(): Promise<void> {
  const { pending, edited, failed } = await inspectMigrations(required("DATABASE_URL"));
  const names = [...pending, ...edited, ...failed];
  if (names.length) {
    throw new Fault(
      `The database is not up to date (${names.join(", ")}). Run \`npm run db:migrate\` first.`,
    );
  }
}

runUntilStopped(start);
