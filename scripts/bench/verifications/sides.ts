/** Who is measured, and how: each side does in a round all that the others do. */
import { Client } from "pg";
import { z } from "zod";
import { Taken, type Call } from "./closed-loop";
import type { Facts } from "./bare";
import { OWN } from "../support/statements";
import { read, type Reading } from "./meter";
import { nextAddress, nextBareNumber, nextNumber } from "./numbers";
import { settled } from "./settled";
import { callOverHttp, noteFailures, OURS, PEERS, type World } from "./world";

export interface Side {
  name: string;
  /** Whether it is measured at one number of connections only. */
  once?: boolean;
  run: (connections: number, note: Note) => Promise<void>;
}

export type Note = (name: string, reading: Reading) => void;

/** Calls are prepared for so many a second: more than anybody here makes. */
const MOST_A_SECOND = 2_500;

/** What is checked is checked to its end, which is sooner than this many times as long as it was started. */
const CHECKING = 10;

/** What a start's answer says that a check needs. */
const Started = z.object({ id: z.string(), to: z.string(), messageId: z.string(), messageSid: z.string() });

export function sidesOf(world: World): Side[] {
  const { ours, oursBeside, oursPooled, inside, peer, plain } = world;
  return [
    overHttp(world, "ours", [ours]),
    ...(inside ? [insideSide(world)] : []),
    ...(peer ? [betterAuth(world, "better-auth", [peer.one], peer.url)] : []),
    get(world, "node:http, SELECT 1", plain, "/", OURS),
    ...(peer
      ? [
          get(world, "Next, empty", peer.one, "/api/empty", PEERS),
          get(world, "Next, SELECT 1", peer.one, "/api/select", PEERS),
        ]
      : []),
    ...(oursBeside ? [{ ...overHttp(world, "ours, two processes", [ours, oursBeside]), once: true }] : []),
    ...(peer?.beside
      ? [
          {
            ...betterAuth(world, "better-auth, two processes", [peer.one, peer.beside], peer.url),
            once: true,
          },
        ]
      : []),
    ...(oursPooled ? [{ ...overHttp(world, "ours, PgBouncer", [oursPooled]), once: true }] : []),
    ...(peer?.pooled
      ? [{ ...betterAuth(world, "better-auth, PgBouncer", [peer.pooled], peer.url), once: true }]
      : []),
  ];
}

interface Server {
  origin: string;
  pid: number;
}

function startCalls(ms: number): Call[] {
  return Array.from({ length: Math.ceil((ms / 1000) * MOST_A_SECOND) }, () => ({
    method: "POST" as const,
    path: "/api/verifications",
    body: JSON.stringify({ to: nextNumber(), clientIp: nextAddress() }),
  }));
}

/** With the right code of each. */
async function checkCalls({ twilio }: World, facts: StartedFacts[]): Promise<[Call[], Facts[]]> {
  const codes = await twilio.ask({ what: "codes", numbers: facts.map(({ to }) => to) }, z.array(z.string()));
  const known = facts.map((each, i) => ({ ...each, address: "", code: codes[i] ?? "" }));
  const calls = known.map(({ id, code }) => ({
    method: "POST" as const,
    path: `/api/verifications/${id}/checks`,
    body: JSON.stringify({ code }),
  }));
  return [calls, known];
}

/** What of a verification its start's answer says. */
type StartedFacts = Omit<Facts, "code" | "address">;

function startedIn({ tally }: World, taken: Taken): StartedFacts[] {
  const started = taken.answers
    .filter(({ status }) => status === 201)
    .map(({ body }) => Started.parse(JSON.parse(body)));
  tally.starts += started.length;
  return started.map(({ messageSid: sid, ...each }) => ({ sid, ...each }));
}

function approvalsIn(taken: Taken): number {
  return taken.answers.filter(({ status, body }) => status === 200 && body.includes('"approved"')).length;
}

/** Ours as programs call it. */
function overHttp(world: World, name: string, servers: Server[]): Side {
  const origins = servers.map(({ origin }) => origin);
  const measured = { database: OURS, app: servers.map(({ pid }) => pid), settle: () => settled(world) };
  return {
    name,
    run: async (connections, note) => {
      const pace = { connections, ms: world.ms, calls: startCalls(world.ms), keep: true };
      const starts = await read(world, {
        ...measured,
        calls: () => callOverHttp(world, origins, pace, world.headers),
      });
      note(`start: ${name}`, starts.reading);
      const [calls] = await checkCalls(world, startedIn(world, starts.taken));
      const checks = await read(world, {
        ...measured,
        calls: () =>
          callOverHttp(
            world,
            origins,
            { connections, ms: CHECKING * world.ms, calls, keep: true },
            world.headers,
          ),
      });
      world.tally.approvals += approvalsIn(checks.taken);
      note(`check: ${name}`, checks.reading);
    },
  };
}

/** Our handlers without HTTP; and their statements without them: half of what was started is checked by either. */
function insideSide(world: World): Side {
  const { inside, ours, headers } = world;
  if (!inside) throw new TypeError("there is no process for it");
  const ask = async (order: object) => noteFailures(world.tally, await inside.ask(order, Taken));
  const settle = () => settled(world);
  // The app takes the callbacks and reports the feedback.
  const handlers = { database: OURS, app: [inside.pid, ours.pid], settle };
  const bare = { database: OURS, app: [inside.pid], settle };
  return {
    name: "ours, in process",
    run: async (connections, note) => {
      const start = { what: "handlers", headers, connections, ms: world.ms, keep: true };
      const calls = startCalls(world.ms);
      const starts = await read(world, { ...handlers, calls: () => ask({ ...start, calls }) });
      note("start: ours, in process", starts.reading);
      const [checks, facts] = await checkCalls(world, startedIn(world, starts.taken));
      const half = Math.floor(checks.length / 2);
      const checking = { connections, ms: CHECKING * world.ms };
      const checked = await read(world, {
        ...handlers,
        calls: () => ask({ ...start, ...checking, calls: checks.slice(0, half) }),
      });
      world.tally.approvals += approvalsIn(checked.taken);
      note("check: ours, in process", checked.reading);

      await record(world);
      const to = Array.from({ length: calls.length }, () => bareCall(nextBareNumber(), nextAddress()));
      const bareStarts = await read(world, {
        ...bare,
        calls: () => ask({ what: "bare starts", connections, ms: world.ms, calls: to }),
      });
      world.tally.bareStarts += bareStarts.taken.statuses["200"] ?? 0;
      note("start: our statements", bareStarts.reading);
      const left = facts.slice(half).map((each) => bareCall(each.id, JSON.stringify(each)));
      const bareChecks = await read(world, {
        ...bare,
        calls: () => ask({ what: "bare checks", ...checking, calls: left }),
      });
      world.tally.bareApprovals += bareChecks.taken.statuses["200"] ?? 0;
      note("check: our statements", bareChecks.reading);
    },
  };
}

/** @param body the address of a start, the facts of a check */
function bareCall(path: string, body: string): Call {
  return { method: "POST", path, body };
}

const Answered = z.object({ status: z.number(), body: z.string() });

/** Writes down the statements of a start and of a check, as they are now. */
async function record(world: World): Promise<void> {
  const { inside, headers, tally } = world;
  if (!inside) return;
  const once = (name: string, call: Call | undefined) =>
    inside.ask({ what: "record", name, call, headers }, Answered);
  const [to, address] = [nextBareNumber(), nextAddress()];
  const body = JSON.stringify({ to, clientIp: address });
  const start = await once("start", { method: "POST", path: "/api/verifications", body });
  tally.starts += 1;
  const { messageSid: sid, ...started } = Started.parse(JSON.parse(start.body));
  const [[call], [facts]] = await checkCalls(world, [{ sid, ...started }]);
  await once("check", call);
  tally.approvals += 1;
  await settled(world);
  await inside.ask({ what: "recorded of", facts: { ...facts, address } }, z.null());
}

/** better-auth's phone number plugin: a third of what was sent is verified without a session, one with, and one without a user. */
function betterAuth(world: World, name: string, servers: Server[], url: string): Side {
  const origins = servers.map(({ origin }) => origin);
  const measured = { database: PEERS, app: servers.map(({ pid }) => pid) };
  const post = (path: string, body: object): Call => ({ method: "POST", path, body: JSON.stringify(body) });
  return {
    name,
    run: async (connections, note) => {
      const numbers = Array.from({ length: Math.ceil((world.ms / 1000) * MOST_A_SECOND) }, nextNumber);
      const sends = numbers.map((phoneNumber) => post("/api/auth/phone-number/send-otp", { phoneNumber }));
      const sent = await read(world, {
        ...measured,
        calls: () => callOverHttp(world, origins, { connections, ms: world.ms, calls: sends, keep: true }),
      });
      note(`start: ${name}`, sent.reading);
      const codes = await codesOf(
        url,
        sent.taken.answers.map(({ call }) => numbers[call] ?? ""),
      );
      const third = Math.ceil(codes.length / 3);
      const ways = [
        { way: "", path: "/api/auth/phone-number/verify", more: { disableSession: true } },
        { way: ", with a session", path: "/api/auth/phone-number/verify", more: {} },
        { way: ", without a user", path: "/api/consume", more: {} },
      ];
      for (const [i, { way, path, more }] of ways.entries()) {
        const calls = codes.slice(i * third, (i + 1) * third).map((each) => post(path, { ...each, ...more }));
        const { reading } = await read(world, {
          ...measured,
          calls: () => callOverHttp(world, origins, { connections, ms: CHECKING * world.ms, calls }),
        });
        note(`check: ${name}${way}`, reading);
      }
    },
  };
}

/** Reads the codes, and makes the users whose numbers they were sent to. */
async function codesOf(url: string, numbers: string[]): Promise<{ phoneNumber: string; code: string }[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `INSERT ${OWN} INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", "phoneNumber", "phoneNumberVerified")
       SELECT md5(number), number, number || '@example.com', true, now(), now(), number, true FROM unnest($1::text[]) AS number`,
      [numbers],
    );
    const { rows } = await client.query<{ phoneNumber: string; code: string }>(
      `SELECT ${OWN} number AS "phoneNumber", split_part(value, ':', 1) AS code
       FROM unnest($1::text[]) AS number JOIN verification ON identifier = 'phone-number-otp-' || number`,
      [numbers],
    );
    return rows;
  } finally {
    await client.end();
  }
}

/** The same call again and again. */
function get(world: World, name: string, server: Server, path: string, database: string): Side {
  const call: Call = { method: "GET", path };
  return {
    name,
    run: async (connections, note) => {
      const pace = { connections, ms: world.ms / 2, calls: [call], repeat: true };
      const { reading } = await read(world, {
        database,
        app: [server.pid],
        calls: () => callOverHttp(world, [server.origin], pace),
      });
      note(name, reading);
    },
  };
}
