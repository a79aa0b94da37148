/** Plays a programme against the product, minute after minute of its own clock, and notes what came of each request. */
import { z } from "zod";
import { dollarsOf } from "./prices";
import { readExposure, type Exposure } from "./exposure";
import { DAY, MINUTE, QUARTER } from "@/lib/terms/durations";
import { Fault } from "../../support/fault";
import type { Asker, Part, Programme, Try } from "./programme";
import type { Answer, Stage } from "./stage";

/** What came of one request for a message. */
export interface Played {
  part: Part;
  country: string;
  at: number;
  /** In US dollars; null where it was refused. */
  cost: number | null;
  /** Of a refusal: its problem's code and its sentence. */
  refused: { code: string; detail: string } | null;
}

export interface Course {
  played: Played[];
  /** Codes that were right and not taken. */
  unconfirmed: number;
  /** The most that can be lost, as it was said before the attack; null where nothing says it. */
  exposure: Exposure | null;
}

/** How often the loops work: findings are looked for each quarter-hour, when it has become mature. In what takes days it is not to be the most work. */
const workEvery = (length: number) => (length > DAY ? QUARTER : 5 * MINUTE);

/** Another message of the same verification is asked for as long as that has a chance. */
const RESENT_WITHIN = 7 * MINUTE;

type Event = { at: number; step: "work" } | { at: number; step: "ask" | "check"; asker: Asker; of: Try };

/** What an asker has at hand. */
interface Holding {
  verification: string;
  startedAt: number;
  /** By try. */
  codes: Map<Try, string>;
}

/** The statuses of refusals that may be meant. */
const REFUSALS = new Set([403, 409, 410, 429]);

const Started = z.object({ id: z.string(), messageSid: z.string().nullable() });
const Problem = z.object({ code: z.string(), detail: z.string().default("") });
const Checked = z.object({ status: z.string() });

/** @param tell is called with the share of the programme that has been played */
export async function play(
  stage: Stage,
  programme: Programme,
  tell: (share: number) => void,
): Promise<Course> {
  const course: Course = { played: [], unconfirmed: 0, exposure: null };
  const holdings = new Map<Asker, Holding>();
  let isStated = false;
  for (const event of eventsOf(programme)) {
    stage.setTime(event.at);
    if (event.step === "work") {
      await stage.work();
      if (!isStated && event.at >= programme.begins) {
        course.exposure = await readExposure(stage);
        isStated = true;
      }
      tell(event.at / programme.length);
    } else if (event.step === "ask") course.played.push(await ask(stage, event.asker, event.of, holdings));
    else if (!(await check(stage, event.asker, event.of, holdings))) course.unconfirmed += 1;
  }
  return course;
}

/** All that happens, in the order of time; work before who comes at the same moment. */
function eventsOf({ askers, length }: Programme): Event[] {
  const events: Event[] = [];
  for (let at = 0; at <= length; at += workEvery(length)) events.push({ at, step: "work" });
  for (const asker of askers) {
    for (const of of asker.tries) {
      if (of.at > length) continue;
      events.push({ at: of.at, step: "ask", asker, of });
      if (of.wrong) events.push({ at: of.at + MINUTE, step: "check", asker, of });
      if (of.confirmsAfter !== null) events.push({ at: of.at + of.confirmsAfter, step: "check", asker, of });
    }
  }
  return events.sort((one, other) => one.at - other.at);
}

async function ask(stage: Stage, asker: Asker, of: Try, holdings: Map<Asker, Holding>): Promise<Played> {
  const { part, phone, address } = asker;
  const played = { part, country: phone.place.country, at: of.at };
  const before = holdings.get(asker);
  await stage.setReceipt(phone.number, of.receipt);
  const isAgain = before && of.at - before.startedAt < RESENT_WITHIN;
  const answer = isAgain
    ? await stage.call("POST", `/api/verifications/${before.verification}/messages`, {})
    : await stage.call("POST", "/api/verifications", { to: phone.number, clientIp: address });
  if (answer.status !== 201) return { ...played, cost: null, refused: refusalIn(answer) };
  const { id, messageSid } = Started.parse(answer.body);
  const code = messageSid === null ? "" : await stage.settled(messageSid, of.receipt);
  holdings.set(asker, {
    verification: id,
    startedAt: isAgain ? before.startedAt : of.at,
    codes: new Map([...(before?.codes ?? []), [of, code]]),
  });
  return { ...played, cost: dollarsOf(phone.number), refused: null };
}

/** @throws {Fault} for an answer that is no refusal: whatever broke, its figures would be of something else */
function refusalIn({ status, body }: Answer): { code: string; detail: string } {
  const problem = Problem.safeParse(body);
  if (problem.success && REFUSALS.has(status)) return problem.data;
  throw new Fault(`A request for a message was answered with ${status}: ${JSON.stringify(body)}.`);
}

/** @returns false where a right code was not taken; whoever has none does nothing */
async function check(stage: Stage, asker: Asker, of: Try, holdings: Map<Asker, Holding>): Promise<boolean> {
  const holding = holdings.get(asker);
  const code = holding?.codes.get(of);
  if (!holding || code === undefined) return true;
  const typed = of.wrong ? otherThan(code) : code;
  const { body } = await stage.call("POST", `/api/verifications/${holding.verification}/checks`, {
    code: typed,
    clientIp: asker.address,
  });
  const checked = Checked.safeParse(body);
  return Boolean(of.wrong) || (checked.success && checked.data.status === "approved");
}

function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, "0");
}
