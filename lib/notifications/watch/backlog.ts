/**
 * Feedback that waits, as an incident: Twilio is away, or refuses our account, or nobody delivers. And feedback that Twilio refuses for good, one after
 * the other: it does not wait, so that nothing else would tell of it.
 */
import { now, secondsAfter } from "../../clock";
import { db } from "../../db";
import { ask } from "../../insights/asking/tallies";
import { floor } from "../../insights/counting/spans";
import { HOUR_SECONDS, MINUTE_SECONDS, QUARTER_SECONDS } from "../../terms/durations";
import { clear, raise } from "../incidents";
import { lengthWords, numberWords, percentWords } from "../words";

/** It is over when nothing waits for longer than the first; the levels are a warning, and critical. */
const OVER_SECONDS = MINUTE_SECONDS;
const LEVELS = [10 * MINUTE_SECONDS, HOUR_SECONDS] as const;

interface Waiting {
  messages: number;
  /** How long the oldest has waited. */
  seconds: number;
  error: string | null;
}

/** So many refusals within an hour, and such a part of what was confirmed; it is over when it is less than half of that part. */
const REFUSALS = 5;
const REFUSED_SHARE = 0.1;

export async function watchBacklog(): Promise<void> {
  await watchWaiting();
  await watchRefused();
}

async function watchWaiting(): Promise<void> {
  const waiting = await readWaiting();
  const incident = { kind: "backlog", subject: "" } as const;
  const level = LEVELS.filter((seconds) => waiting.seconds >= seconds).length;
  const data = { ...waiting };
  const path = "/feedback";
  if (level > 0) {
    const why = waiting.error === null ? "" : ` The last answer was ${waiting.error}.`;
    await raise({
      ...incident,
      level,
      severity: level === LEVELS.length ? "critical" : "warning",
      said: {
        title: `Twilio has not been told of ${numberWords(waiting.messages)} confirmed messages`,
        text: `The oldest has waited for ${lengthWords(waiting.seconds)}.${why} Nothing is lost: it is told when Twilio takes it.`,
        path,
        data,
      },
    });
  } else if (waiting.seconds < OVER_SECONDS) {
    const title = "Twilio is told of confirmed messages again";
    await clear(incident, { title, text: "Nothing waits any more.", path, data });
  }
}

/** What has a SID and is to be tried again and again; what Twilio refused for good waits for people. */
async function readWaiting(): Promise<Waiting> {
  const [waiting] = await db().$queryRaw<[Waiting]>`
    select count(*)::int as messages, coalesce(extract(epoch from ${now()}::timestamptz - min(m.confirmed_at)), 0)::float8 as seconds,
      (array_agg(f.error order by f.due_at desc) filter (where f.error is not null))[1] as error
    from feedback f join message m on m.id = f.message_id
    where f.reported_at is null and f.refused_at is null and m.sid is not null`;
  return waiting;
}

async function watchRefused(): Promise<void> {
  const at = now();
  const hourAgo = secondsAfter(at, -HOUR_SECONDS);
  const [{ refused, error }] = await db().$queryRaw<[{ refused: number; error: string | null }]>`
    select count(*)::int as refused, (array_agg(error order by refused_at desc))[1] as error from feedback
    where refused_at > ${hourAgo}::timestamptz and refused_at <= ${at}::timestamptz`;
  const incident = { kind: "backlog", subject: "refused" } as const;
  const path = "/feedback";
  if (refused === 0) {
    const title = "Twilio refuses feedback no more";
    await clear(incident, { title, text: "None was refused within an hour.", path, data: { refused } });
    return;
  }
  const periods = [
    { from: floor("quarter", hourAgo), to: secondsAfter(floor("quarter", at), QUARTER_SECONDS) },
  ];
  const [found] = await ask({ periods, filters: {}, only: ["confirmed"] });
  const confirmed = Math.max(refused, found?.all.counts.confirmed ?? 0);
  const share = refused / confirmed;
  const data = { refused, confirmed, error };
  if (refused >= REFUSALS && share >= REFUSED_SHARE) {
    await raise({
      ...incident,
      level: 1,
      severity: "warning",
      said: {
        title: `Twilio refuses the feedback of confirmed messages: ${error}`,
        text: `Of ${numberWords(confirmed)} messages that were confirmed within an hour it refused the feedback of ${numberWords(refused)} for good. There they stay unconfirmed.`,
        path,
        data,
      },
    });
  } else if (share < REFUSED_SHARE / 2) {
    const title = "Twilio takes feedback again";
    const text = `${percentWords(share)} of it was refused within an hour.`;
    await clear(incident, { title, text, path, data });
  }
}
