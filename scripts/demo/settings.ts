/** What the demo sets for its processes; variables that the user has set win. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { SIMULATOR_ACCOUNT_SID } from "@/lib/env";
import { QUIET_TOOLS } from "../support/build";
import { makeFolder } from "../support/data-folder";
import { codeOf, Fault } from "../support/fault";
import { DEFAULT_MESSAGES, wantedHistory } from "../support/sample-history";
import { paceAtEnd } from "@/demo/history/history";

export interface DemoSettings {
  port: number;
  simulatorPort: number;
  /** The bearer key to call the API with. */
  apiKey: string;
  /** Whether messages go to the simulator: not when the user has set an account of their own. */
  simulated: boolean;
  /** How many messages of sample history an empty database gets; 0 for none. */
  sampleHistory: number;
  /** How many simulated people log in a second, on average over a week; 0 for none. */
  traffic: number;
  /** The environment of the app, the simulator and the traffic. */
  env: NodeJS.ProcessEnv;
}

/** The keys of this machine's demo: the secrets in its database are worth nothing under another `secretKey`. */
const Keys = z.object({ secretKey: z.string().min(32), apiKey: z.string().min(24) });
type Keys = z.output<typeof Keys>;

/** A magic number of Twilio's test credentials, which the simulator sends from. */
const SIMULATOR_SENDER = "+15005550006";

/**
 * The settings of this run, from the environment and the keys kept in `demo.json`, which is made when it is missing.
 *
 * @throws {Fault} for a port, a `SAMPLE_HISTORY` or a `TRAFFIC` that is none, and for a `demo.json` that cannot be used.
 */
export function demoSettings({ dev }: { dev: boolean }): DemoSettings {
  const port = portFrom("PORT", 3000);
  const simulatorPort = portFrom("SIMULATOR_PORT", 4010);
  const history = wantedHistory();
  const people = trafficFrom("TRAFFIC", paceAtEnd(history || DEFAULT_MESSAGES));
  const keys = keptKeys();
  const simulated = accountIsSimulators();
  const apiKeys = process.env["API_KEYS"] || keys.apiKey;
  return {
    port,
    simulatorPort,
    apiKey: apiKeys.split(",")[0]?.trim() ?? "",
    simulated,
    // Made-up people are for made-up phones: with an account of their own, users see their own messages and nothing else.
    sampleHistory: simulated ? history : 0,
    traffic: simulated ? people : 0,
    env: {
      ...process.env,
      ...QUIET_TOOLS,
      NODE_ENV: dev ? "development" : "production",
      PORT: String(port),
      SIMULATOR_PORT: String(simulatorPort),
      TRAFFIC: String(people),
      // The history ends in an outage, which then goes on until somebody switches the scenario.
      ...(simulated && history > 0
        ? { SIMULATOR_SCENARIO: process.env["SIMULATOR_SCENARIO"] || "network-outage" }
        : {}),
      SECRET_KEY: process.env["SECRET_KEY"] || keys.secretKey,
      API_KEYS: apiKeys,
      PUBLIC_BASE_URL: process.env["PUBLIC_BASE_URL"] || `http://localhost:${port}`,
      DASHBOARD_ACCESS: process.env["DASHBOARD_ACCESS"] || "open",
      ...(simulated ? simulatorAccount(simulatorPort) : {}),
    },
  };
}

function accountIsSimulators(): boolean {
  const account = process.env["TWILIO_ACCOUNT_SID"];
  return !account || account === SIMULATOR_ACCOUNT_SID || Boolean(process.env["TWILIO_API_ORIGIN"]);
}

function simulatorAccount(simulatorPort: number): Record<string, string> {
  const { env } = process;
  return {
    TWILIO_ACCOUNT_SID: env["TWILIO_ACCOUNT_SID"] || SIMULATOR_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: env["TWILIO_AUTH_TOKEN"] || "simulator",
    TWILIO_API_ORIGIN: env["TWILIO_API_ORIGIN"] || `http://127.0.0.1:${simulatorPort}`,
    ...(env["TWILIO_MESSAGING_SERVICE_SID"] ? {} : { TWILIO_FROM: env["TWILIO_FROM"] || SIMULATOR_SENDER }),
  };
}

function portFrom(name: string, fallback: number): number {
  const port = Number(process.env[name] || fallback);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Fault(`${name} must be a port, from 1 to 65535; it is "${process.env[name]}".`);
}

/** More than this the simulator does not keep up with, on two cores. */
const MOST_TRAFFIC = 50;

function trafficFrom(name: string, fallback: number): number {
  const rate = Number(process.env[name] || fallback);
  if (rate >= 0 && rate <= MOST_TRAFFIC) return rate;
  throw new Fault(
    `${name} must be how many people sign in a second, from 0 (none) to ${MOST_TRAFFIC}; it is "${process.env[name]}".`,
  );
}

function keptKeys(): Keys {
  const file = path.join(makeFolder(), "demo.json");
  if (!existsSync(file)) return makeKeys(file);
  try {
    return Keys.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (codeOf(error)) throw error;
    throw new Fault(
      `${file} is not what the demo wrote. Remove it; codes that are under way now will not be accepted.`,
    );
  }
}

/** Renamed into place, so that a full disk or a kill leaves no half of it. */
function makeKeys(file: string): Keys {
  const keys = {
    secretKey: randomBytes(48).toString("base64url"),
    apiKey: `demo_${randomBytes(24).toString("base64url")}`,
  };
  const partial = `${file}.partial`;
  writeFileSync(partial, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
  return keys;
}
