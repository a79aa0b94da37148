/** The ceiling on all messages, as an incident of each of its shares, told before it is reached. */
import { now } from "../../clock";
import { db } from "../../db";
import { messagesInAll } from "../../protection/quota";
import { clear, raise } from "../incidents";
import { numberWords, percentWords } from "../words";

/** What is told of; it is over when less than the last is used. */
const LEVELS = [0.5, 0.8, 1] as const;
const OVER = 0.4;

const WHOSE = {
  unknown: "unknown askers",
  known: "known browsers and notices",
  answers: "answers to texts",
} as const;

export async function watchBudget(): Promise<void> {
  const shares = messagesInAll();
  if (!shares) return;
  for (const share of ["unknown", "known", "answers"] as const) {
    const { name, burst, everySeconds } = shares[share];
    const used = await usedOf(name, burst * everySeconds, everySeconds);
    const level = LEVELS.filter((least) => used >= least).length;
    const incident = { kind: "budget", subject: share } as const;
    const data = { share, used, perHour: burst };
    const path = "/";
    if (level > 0) {
      const all = level === LEVELS.length;
      await raise({
        ...incident,
        level,
        severity: all ? "critical" : "warning",
        said: {
          title: all
            ? `MAX_MESSAGES_PER_HOUR is used up by ${WHOSE[share]}`
            : `${percentWords(LEVELS[level - 1] ?? used)} of MAX_MESSAGES_PER_HOUR is used by ${WHOSE[share]}`,
          text: `${numberWords(burst)} messages an hour are the ceiling of this share. What is more is refused, and told when to try again.`,
          path,
          data,
        },
      });
    } else if (used < OVER) {
      await clear(incident, {
        title: `MAX_MESSAGES_PER_HOUR has room again for ${WHOSE[share]}`,
        text: `${percentWords(used)} of it is used.`,
        path,
        data,
      });
    }
  }
}

/** The part of a bucket that is used: 1 where the next is refused. */
async function usedOf(name: string, seconds: number, everySeconds: number): Promise<number> {
  const [row] = await db().$queryRaw<{ ahead: number }[]>`
    select extract(epoch from tat - ${now()}::timestamptz)::float8 as ahead from quota where name = ${name} and subject = 'all'`;
  const ahead = row?.ahead ?? 0;
  return ahead > seconds - everySeconds ? 1 : Math.max(0, ahead / seconds);
}
