/**
 * The people of a day, in a process of its own: each asks for a code and does with it what people do. They come one after another, so many at a
 * time as it is told, since a day is compressed as far as the machine allows.
 */
import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { takeOrders } from "../support/child";
import { callOn, connection, type HttpAnswer } from "../support/http-call";
import { nextAddress, nextNumber } from "../verifications/numbers";
import { CALLS, tableOfCalls, type Course, type Done } from "./course";

const Order = z.discriminatedUnion("what", [
  z.object({
    what: z.literal("begin"),
    app: z.url(),
    codes: z.url(),
    headers: z.record(z.string(), z.string()),
    /** How long a code lives, in milliseconds. */
    lifetime: z.number(),
    /** Whether some come late. */
    late: z.boolean(),
  }),
  z.object({ what: z.literal("come"), people: z.number(), atATime: z.number() }),
  /** Those who are late come, when their codes have expired. */
  z.object({ what: z.literal("come late") }),
]);

/** What people do, by how many of a hundred. */
const COURSES: [Course, number][] = [
  ["right at once", 68],
  ["wrong, then right", 10],
  ["another message, then right", 8],
  ["gone", 12],
  ["late", 2],
];

const Started = z.object({ id: z.string() });

/** A code that is kept until it has expired. */
interface Late {
  id: string;
  code: string;
  due: number;
}

let settings: Extract<z.output<typeof Order>, { what: "begin" }> | undefined;
let come = 0;
let late: Late[] = [];

takeOrders(async (given) => {
  const order = Order.parse(given);
  if (order.what === "begin") {
    settings = order;
    return null;
  }
  const done: Done = {
    seconds: 0,
    times: tableOfCalls(() => []),
    confirmed: 0,
    messages: 0,
    failed: 0,
    words: [],
  };
  const begun = performance.now();
  if (order.what === "come late") await together(16, () => comeLate(done, true));
  else {
    let left = order.people;
    await together(order.atATime, async (agent) => {
      if (left <= 0) return false;
      left -= 1;
      await person(agent, done);
      await comeLate(done, false, agent);
      return true;
    });
  }
  done.seconds = (performance.now() - begun) / 1000;
  return done;
});

/** Does something by so many at a time, each again and again until it says no. */
async function together(atATime: number, work: (agent: Agent) => Promise<boolean>): Promise<void> {
  const one = async () => {
    const agent = connection();
    while (await work(agent));
    agent.destroy();
  };
  await Promise.all(Array.from({ length: atATime }, one));
}

function nextCourse(): Course {
  come += 1;
  // Every hundred has as many of each, evenly mixed.
  let place = (come * 37) % 100;
  for (const [course, share] of COURSES) {
    if (place < share) return course;
    place -= share;
  }
  return "gone";
}

async function person(agent: Agent, done: Done): Promise<void> {
  const [to, clientIp, course] = [nextNumber(), nextAddress(), nextCourse()];
  const started = await call(agent, done, "start", "/api/verifications", { to, clientIp });
  if (!started) return;
  done.messages += 1;
  const { id } = Started.parse(JSON.parse(started.body));
  let code = await codeOf(to);
  const check = (name: "check" | "wrong check", guess: string) =>
    call(agent, done, name, `/api/verifications/${id}/checks`, { code: guess });
  if (course === "gone" || (course === "late" && !settings?.late)) return;
  if (course === "late") {
    late.push({ id, code, due: Date.now() + (settings?.lifetime ?? 0) });
    return;
  }
  if (course === "wrong, then right") await check("wrong check", otherThan(code));
  if (course === "another message, then right") {
    if (await call(agent, done, "resend", `/api/verifications/${id}/messages`)) done.messages += 1;
    code = await codeOf(to);
  }
  if (await check("check", code)) done.confirmed += 1;
}

/** One who is late by now: lets nobody in, but their message has arrived. @param waits for those who are not yet late */
async function comeLate(done: Done, waits: boolean, agent?: Agent): Promise<boolean> {
  const [first] = late;
  if (!first || (!waits && first.due > Date.now())) return false;
  late = late.slice(1);
  await sleep(Math.max(0, first.due - Date.now()));
  const { id, code } = first;
  if (await call(agent, done, "late check", `/api/verifications/${id}/checks`, { code })) done.confirmed += 1;
  return true;
}

function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, "0");
}

/** Phones are looked at over connections of their own, as many as are needed. */
const phone = new Agent({ keepAlive: true });

async function codeOf(number: string): Promise<string> {
  const { codes = "" } = settings ?? {};
  // The message was taken before the start was answered, so its code is there.
  const call = { method: "GET", path: `/${encodeURIComponent(number)}` } as const;
  return (await callOn(phone, codes, call, {})).body;
}

/** @returns the answer when it is the one that there should be */
async function call(
  agent: Agent | undefined,
  done: Done,
  name: keyof typeof CALLS,
  path: string,
  body: object = {},
): Promise<HttpAnswer | null> {
  const { app = "", headers = {} } = settings ?? {};
  const { status, says } = CALLS[name];
  const before = performance.now();
  const answer = await callOn(
    agent,
    app,
    { method: "POST", path, body: JSON.stringify(body) },
    headers,
  ).catch((error: unknown) => ({ status: 0, body: String(error) }));
  done.times[name].push(Math.round(100 * (performance.now() - before)) / 100);
  if (answer.status === status && answer.body.includes(says)) return answer;
  done.failed += 1;
  if (done.words.length < 3) done.words.push(`${name}: ${answer.status} ${answer.body}`);
  return null;
}
