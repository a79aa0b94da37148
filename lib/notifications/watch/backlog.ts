/** Feedback that waits, as an incident: Twilio is away, or refuses our account, or nobody delivers. */
import { now } from "../../clock";
import { db } from "../../db";
import { HOUR_SECONDS, MINUTE_SECONDS } from "../../terms/durations";
import { clear, raise } from "../incidents";
import { lengthWords, numberWords } from "../words";

/** It is over when nothing waits for longer than the first; the levels are a warning, and critical. */
const OVER_SECONDS = MINUTE_SECONDS;
const LEVELS = [10 * MINUTE_SECONDS, HOUR_SECONDS] as const;

interface Waiting {
  messages: number;
  /** How long the oldest has waited. */
  seconds: number;
  error: string | null;
}

export async function watchBacklog(): Promise<void> {
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
