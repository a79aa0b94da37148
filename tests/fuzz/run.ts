/** A run of drawn requests against the built product, with the simulator as Twilio. */
import fc from "fast-check";
import { createSimulator } from "@/simulator/server";
import { API_KEY, AppProcess } from "@/tests/support/app-process";
import type { Document, Draft, Target } from "./draft";
import { leaks, printed, wrongs } from "./laws";
import { exchange, type RawRequest } from "./raw-http";
import { drafts } from "./requests";
import { learn, makeWorld, numberOf, type World } from "./world";

const SECRET_KEY = "a key for the fuzz alone, of 32 bytes or more";
const AUTH_TOKEN = "simulator";

export interface Wish {
  databaseUrl: string;
  requests: number;
  /** The same seed draws the same requests. */
  seed: number;
  /** How many at once. */
  concurrency: number;
  progress?: (done: number) => void;
}

export interface Fault {
  /** The request's place in the run. */
  index: number;
  kind: string;
  wrongs: string[];
  /** As it was sent, cut. */
  request: string;
}

export interface Outcome {
  faults: Fault[];
  /** Lines of the log with a secret or a whole number, which are masked. */
  leaks: string[];
  /** How many answers there were, by kind of request and status. */
  answers: Map<string, Map<number, number>>;
  slowest: { kind: string; ms: number; request: string }[];
}

/** Draws and sends them. */
export async function run({ databaseUrl, requests, seed, concurrency, progress }: Wish): Promise<Outcome> {
  const simulator = createSimulator({ pace: 0.01 });
  const app = await AppProcess.prepare({
    databaseUrl,
    twilioOrigin: await simulator.listen(0),
    env: {
      SECRET_KEY,
      // Codes whose digits are found in a log by no coincidence.
      CODE_LENGTH: "10",
      RESEND_AFTER_SECONDS: "0",
      TRUSTED_PROXIES: "1",
    },
  });
  try {
    await app.start();
    const document = (await app.call("GET", "/api/openapi.json")).body as Document;
    const target: Target = { port: app.port, apiKey: API_KEY, authToken: AUTH_TOKEN, document };
    const world = await makeWorld(app, simulator);
    const outcome: Outcome = { faults: [], leaks: [], answers: new Map(), slowest: [] };
    const drawn = fc.sample(drafts(target), { numRuns: requests, seed });
    let next = 0;
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (next < drawn.length) {
          const index = next++;
          const draft = drawn[index];
          if (draft) await send(draft, index, app.port, world, outcome);
          progress?.(index + 1);
        }
      }),
    );
    await stillWorks(app);
    const secrets = [API_KEY, SECRET_KEY, ...world.code, ...cookieValues(world), ...linkTokens(world)];
    outcome.leaks = leaks(app.output, secrets);
    for (const line of printed(app.output)) {
      outcome.faults.push({ index: -1, kind: "log", wrongs: [line.slice(0, 600)], request: "" });
    }
    return outcome;
  } finally {
    await app.kill();
    await simulator.close();
  }
}

async function send(
  draft: Draft,
  index: number,
  port: number,
  world: World,
  outcome: Outcome,
): Promise<void> {
  const { kind } = draft;
  const request = draft.make(world);
  const answer = await exchange(port, request);
  const found = wrongs(request, answer);
  if (found.length > 0) outcome.faults.push({ index, kind, wrongs: found, request: inWords(request) });
  if (!answer) return;
  learn(world, answer);
  const byStatus = outcome.answers.get(kind) ?? new Map<number, number>();
  byStatus.set(answer.status, (byStatus.get(answer.status) ?? 0) + 1);
  outcome.answers.set(kind, byStatus);
  outcome.slowest.push({ kind, ms: answer.ms, request: inWords(request) });
  outcome.slowest.sort((a, b) => b.ms - a.ms).splice(5);
}

/** The product still does what it is for. */
async function stillWorks(app: AppProcess): Promise<void> {
  const { status } = await app.call("POST", "/api/verifications", { to: numberOf(8_999) });
  if (status !== 201)
    throw new Error(`After the run a start is answered ${status}:\n${app.output.slice(-4_000)}`);
}

function inWords({ method, target, headers, body }: RawRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target}`, ...lines, "", body.toString().slice(0, 600)].join("\n").slice(0, 1_500);
}

/** Of the cookies that are secrets: `otp_login` is a verification's id, worth nothing in another browser. */
const cookieValues = (world: World) =>
  world.cookie
    .split("; ")
    .filter((pair) => !pair.startsWith("otp_login="))
    .map((pair) => pair.slice(pair.indexOf("=") + 1));

const linkTokens = (world: World) => world.link.map((link) => link.split(/[/=]/).at(-1) ?? "");
