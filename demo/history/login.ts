/**
 * One login of the sample history, from the start to whatever it came to, as rows that stand like lib/verification, lib/delivery
 * and lib/feedback would have left them.
 */
import { DAY, SECOND } from "@/lib/terms/durations";
import { LATE_SECONDS } from "@/lib/terms/limits";
import { MIN_SECONDS_FOR_RESEND } from "@/lib/verification/rules";
import { meetPerson, type Person } from "../world/person";
import type { Random } from "../world/random";
import type { FeedbackRow, Login, MessageRow } from "./rows";
import { messageRow, sendOver, type Journey } from "./sending";
import { localeOf, senderTo } from "../world/senders";
import { routeTo, type Stories } from "../world/stories";
import { clientAddress, type Phone } from "../world/world";

/** What the demo's defaults are: CODE_TTL_SECONDS, MAX_CHECKS, and when retention redacts. */
const LIFETIME_MS = 600 * SECOND;
const MAX_CHECKS = 5;
const REDACTED_AFTER_MS = 30 * DAY;

/** A phone that is off for one message mostly is for the next. */
const STILL_UNREACHABLE = 0.5;

/** Twilio refused the feedback for good, as for a message that it has forgotten. */
const FEEDBACK_REFUSED = 0.0004;

interface Start {
  phone: Phone;
  /** In epoch milliseconds. */
  at: number;
}

/** Of the messages of one login, in their order. */
type Journeys = [Journey, ...Journey[]];

/** Somebody logs in. @param until the history's end: what would come later has not happened. */
export function logIn({ phone, at }: Start, stories: Stories, until: number, random: Random): Login {
  const person = meetPerson(phone.place, random);
  const journeys = sendUntilArrived(person, { phone, at }, stories, random);
  const answer = answerOf(person, journeys, at + LIFETIME_MS, random);
  return toRows({ person, phone, journeys, answer, until, clientIp: clientAddress(random) }, random);
}

/** A bot has a message sent, and nobody answers, but for the odd one. */
export function pump({ phone, at }: Start, clientIp: string, until: number, random: Random): Login {
  const refused = random.chance(0.03) ? 60410 : null;
  const route = { undelivered: 0.015, errors: [[30008, 1]], latency: { median: 3, sigma: 0.4 } } as const;
  const journey = sendOver(route, at, random, refused);
  const person: Person = {
    ...meetPerson(phone.place, random),
    action: "code",
    intent: random.chance(0.004) ? "finishes" : "leaves",
    putsOff: null,
    impatient: false,
  };
  const answer = answerOf(person, [journey], at + LIFETIME_MS, random);
  return toRows({ person, phone, journeys: [journey], answer, until, clientIp }, random);
}

/** The messages: the first, and another whenever the person's patience ends before one has arrived. */
function sendUntilArrived(person: Person, { phone, at }: Start, stories: Stories, random: Random): Journeys {
  const send = (moment: number, before?: Journey) => {
    const route = routeTo(phone.place, phone.network, moment, stories);
    const unreachable = before?.arrivesAt === null && random.chance(STILL_UNREACHABLE);
    return sendOver(unreachable ? { ...route, undelivered: 1 } : route, moment, random, null);
  };
  let newest = send(at);
  const journeys: Journeys = [newest];
  const latest = at + LIFETIME_MS - MIN_SECONDS_FOR_RESEND * SECOND;
  for (const patience of person.patience) {
    // Whoever is told that no message can be sent leaves.
    if (newest.answer === "refused") break;
    const next = newest.requestedAt + Math.round(patience * SECOND);
    if (next > latest || firstArrival(journeys) <= next) break;
    newest = send(next, newest);
    journeys.push(newest);
  }
  const first = firstArrival(journeys);
  if (person.impatient && journeys.length === 1 && Math.max(first, at + 35 * SECOND) < latest) {
    journeys.push(send(Math.max(first, at + 35 * SECOND), newest));
  }
  return journeys;
}

function firstArrival(journeys: Journey[]): number {
  return Math.min(...journeys.map(({ arrivesAt }) => arrivesAt ?? Infinity));
}

interface Answer {
  /** Which journey's secret came back. */
  index: number;
  at: number;
}

/** The right secret coming back, or null when it never does. */
function answerOf(person: Person, journeys: Journey[], expiresAt: number, random: Random): Answer | null {
  const { intent, impatient, putsOff, persistent, readSeconds, slips } = person;
  const first = firstArrival(journeys);
  if (first === Infinity || (intent !== "finishes" && putsOff === null)) return null;
  const wanted = impatient ? Math.max(first, journeys.at(-1)?.arrivesAt ?? 0) : first;
  const at =
    putsOff === null
      ? wanted + (readSeconds + slips * 6) * SECOND
      : Math.max(first, expiresAt) + putsOff * SECOND;
  if (at >= expiresAt && !persistent) return null;
  if (at >= expiresAt + LATE_SECONDS * SECOND) return null;
  // Most people take the newest of the messages they have by then.
  const there = journeys.flatMap(({ arrivesAt }, index) =>
    (arrivesAt ?? Infinity) <= at - 2_000 ? index : [],
  );
  const index = random.chance(0.75) ? there.at(-1) : there[0];
  return { index: index ?? journeys.findIndex(({ arrivesAt }) => arrivesAt === first), at: Math.round(at) };
}

interface Told {
  person: Person;
  phone: Phone;
  journeys: Journeys;
  answer: Answer | null;
  until: number;
  clientIp: string;
}

function toRows(told: Told, random: Random): Login {
  const { person, phone, until, clientIp } = told;
  const createdAt = told.journeys[0].requestedAt;
  const expiresAt = createdAt + LIFETIME_MS;
  const id = random.uuid(createdAt);
  const sent = told.journeys.filter(({ requestedAt }) => requestedAt <= until);
  const messages = sent.map((journey, index) =>
    messageRow(
      journey,
      { verificationId: id, ordinal: index + 1, action: person.action, phone },
      until,
      random,
    ),
  );
  const accepted = messages.flatMap(({ acceptedAt }) => acceptedAt ?? []);
  const answer = told.answer && told.answer.at <= until ? told.answer : null;
  const confirmed = answer && messages[answer.index];
  const feedback = confirmed ? confirm(confirmed, answer.at, expiresAt, random) : null;
  const first = senderTo(phone, person.action);
  const late = answer !== null && answer.at >= expiresAt;
  const redacted = createdAt < until - REDACTED_AFTER_MS;
  const verification = {
    id,
    to: redacted ? phone.block : phone.number,
    country: phone.place.country,
    network: phone.network,
    block: phone.block,
    action: person.action,
    sender: first.address,
    channel: first.channel,
    locale: localeOf(phone),
    ...standing(told, accepted.length > 0),
    ...(answer ? { status: late ? ("expired" as const) : ("approved" as const) } : {}),
    sends: messages.length,
    clientIp: redacted ? null : clientIp,
    createdAt,
    acceptedAt: accepted.length > 0 ? Math.min(...accepted) : null,
    expiresAt,
    approvedAt: answer && !late ? answer.at : null,
  };
  return { verification, messages, feedback };
}

/** How a verification stands whose secret has not come back. It expires by the passing of time, which writes nothing. */
function standing({ person, journeys, until }: Told, accepted: boolean) {
  const decidedAt = journeys[0].requestedAt + (person.readSeconds + 20) * SECOND;
  const arrived = firstArrival(journeys) + person.readSeconds * SECOND <= until;
  if (accepted && person.intent === "cancels" && decidedAt <= until) {
    return { status: "canceled" as const, failedChecks: 0 };
  }
  if (accepted && person.intent === "guesses" && decidedAt + 60 * SECOND <= until) {
    return { status: "max_checks_reached" as const, failedChecks: MAX_CHECKS };
  }
  return { status: "pending" as const, failedChecks: arrived ? person.slips : 0 };
}

/**
 * Marks a message as the one whose secret came back, and makes its feedback as lib/feedback leaves it.
 *
 * None is left waiting but the last second's: the demo's simulator knows no message of the history, and would be asked
 * about them again and again.
 */
function confirm(message: MessageRow, at: number, expiresAt: number, random: Random): FeedbackRow {
  message.confirmedAt = at;
  message.late = at >= expiresAt;
  const takenAt = at + Math.round(random.between(0, 500));
  const again = random.chance(0.015);
  const reportedAt =
    takenAt + Math.round(random.logNormal(140, 0.4) + (again ? random.logNormal(9_000, 0.8) : 0));
  const lease = 30 * SECOND;
  const row = { messageId: message.id, dueAt: reportedAt + lease, tries: again ? 2 : 1, error: null };
  if (!random.chance(FEEDBACK_REFUSED)) return { ...row, reportedAt, refusedAt: null };
  const refusedAt = reportedAt + 200 * SECOND;
  return { ...row, dueAt: refusedAt + lease, tries: 8, error: "20404", reportedAt: null, refusedAt };
}
