/**
 * `npm run simulator`: the simulator as a process of its own, on this machine only.
 *
 * Environment: `SIMULATOR_PORT` (4010), `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN` (the simulator's own account),
 * `PUBLIC_BASE_URL` (http://localhost:$PORT): where replies and calls of handsets are posted, `SIMULATOR_SCENARIO` (calm): the scenario
 * it starts in.
 *
 * Started with an IPC channel it says `{ready: true, origin}` when it serves, leaves Ctrl-C to its parent, and ends
 * with it.
 */
import path from "node:path";
import { parseScenarioName } from "./network/scenarios";
import { createSimulator, SIMULATOR_ACCOUNT_SID } from "./server";

const { env } = process;
const JOURNAL = path.join(env["DATA_DIR"] || ".data", "simulator.jsonl");

const port = Number(env["SIMULATOR_PORT"] || 4010);
const accountSid = env["TWILIO_ACCOUNT_SID"] || SIMULATOR_ACCOUNT_SID;
const hasParent = process.send !== undefined;

const simulator = createSimulator({
  accountSid,
  authToken: env["TWILIO_AUTH_TOKEN"] || undefined,
  webhookBase: env["PUBLIC_BASE_URL"] || `http://localhost:${env["PORT"] || 3000}`,
  journal: JOURNAL,
  log: (line) => console.error(`Twilio simulator: ${line}`),
});
simulator.setScenario(parseScenarioName(env["SIMULATOR_SCENARIO"] || "calm"));

let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await simulator.close();
  process.exit();
}

process.on("SIGTERM", () => void stop());
process.on("disconnect", () => void stop());
process.on("SIGINT", () => {
  // A terminal sends Ctrl-C to parent and child alike; the parent decides when its application has finished with us.
  if (!hasParent) void stop();
});

try {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error("SIMULATOR_PORT must be a port number");
  }
  const origin = await simulator.listen(port);
  console.log(`Twilio simulator ready at ${origin} for account ${accountSid}`);
  process.send?.({ ready: true, origin });
} catch (error) {
  console.error(error instanceof Error ? explain(error) : error);
  process.exit(1);
}

function explain({ code, syscall, message }: NodeJS.ErrnoException): string {
  if (code === "EADDRINUSE") {
    return `Port ${port} is taken, perhaps by another simulator. Choose another one: SIMULATOR_PORT=${port + 1}`;
  }
  if (code === "EACCES" && syscall === "listen") {
    return `Port ${port} may not be used here. Choose one above 1023: SIMULATOR_PORT=4010`;
  }
  return code === undefined ? message : `The simulator cannot start: ${message} (its journal is ${JOURNAL})`;
}
