/**
 * Silence, as an incident: messages go out and not one is confirmed, where some should be. Forms that do not reach us and a broken page look like this, and
 * no destination's finding says it before its messages are mature.
 */
import { now, secondsAfter } from "../../clock";
import { floor, type Period } from "../../insights/counting/spans";
import { ask } from "../../insights/asking/tallies";
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS, QUARTER_SECONDS } from "../../terms/durations";
import { clear, openIncidents, raise } from "../incidents";
import { momentWords, numberWords } from "../words";

/** So long a person may take before their message counts as one that should have been confirmed. */
const ANSWERED_IN_SECONDS = 3 * MINUTE_SECONDS;
const BASELINE_DAYS = 14;

/** Looked at, the shortest first: where few sign in, it takes long until some should have. */
const STRETCHES = [
  { seconds: 2 * QUARTER_SECONDS, words: "half an hour" },
  { seconds: 2 * HOUR_SECONDS, words: "two hours" },
  { seconds: 6 * HOUR_SECONDS, words: "six hours" },
  { seconds: DAY_SECONDS, words: "a day" },
  { seconds: 7 * DAY_SECONDS, words: "a week" },
] as const;

/** So many confirmations are missing: by chance alone none would come once in e^10, or 22,000 times. */
const EXPECTED = 10;

/** Of those sent, so many should be confirmed at least where none has been yet, as after the first set-up. */
const SHARE_AT_FIRST = 0.3;

export async function watchSilence(): Promise<void> {
  const to = floor("quarter", secondsAfter(now(), -ANSWERED_IN_SECONDS));
  const until = secondsAfter(to, 2 * QUARTER_SECONDS);
  const shortest = secondsAfter(to, -STRETCHES[0].seconds);
  const [open] = await openIncidents("silence");
  const noticed = open ? floor("quarter", open.openedAt) : to;
  const from = noticed < shortest ? noticed : shortest;
  const [lately = NOTHING] = await countOf([{ from, to: until }]);
  if (lately.confirmed > 0) {
    await clear(INCIDENT, {
      title: "Confirmations come again",
      text: `${numberWords(lately.confirmed)} since ${momentWords(from)}.`,
      path: "/",
      data: { from, to, ...lately },
    });
  } else {
    await lookForSilence(shortest, to, until);
  }
}

/** Where nothing was confirmed of late: whether something should have been, in the shortest stretch of which that is so. */
async function lookForSilence(shortest: Date, to: Date, until: Date): Promise<void> {
  const begins = STRETCHES.map(({ seconds }) => secondsAfter(to, -seconds));
  const [usual = NOTHING, ...stretches] = await countOf([
    { from: secondsAfter(shortest, -BASELINE_DAYS * DAY_SECONDS), to: shortest },
    ...begins.map((from) => ({ from, to })),
    ...begins.map((from) => ({ from, to: until })),
  ]);
  const share = usual.confirmed === 0 ? SHARE_AT_FIRST : usual.confirmed / usual.attempted;
  for (const [n, { seconds, words }] of STRETCHES.entries()) {
    const [{ attempted } = NOTHING, { confirmed } = NOTHING] = [
      stretches[n],
      stretches[n + STRETCHES.length],
    ];
    if (confirmed > 0) return;
    const expected = attempted * share;
    if (expected < EXPECTED) continue;
    const are = usual.confirmed === 0 ? "should be" : "are usually";
    await raise({
      ...INCIDENT,
      level: 1,
      severity: "critical",
      said: {
        title: `Not one message was confirmed in ${words}`,
        text: `${numberWords(attempted)} were sent, of which about ${numberWords(expected)} ${are} confirmed. Try a sign-in yourself: codes may not reach us, or not be taken.`,
        path: "/",
        data: { from: secondsAfter(to, -seconds), to, attempted, confirmed, expected },
      },
    });
    return;
  }
}

const INCIDENT = { kind: "silence", subject: "" } as const;

const NOTHING = { attempted: 0, confirmed: 0 };

/** What was sent in some periods, and what of it was confirmed. */
async function countOf(periods: readonly Period[]) {
  const found = await ask({ periods, filters: {}, only: ["attempted", "confirmed"] });
  return periods.map((_, n) => {
    const { attempted, confirmed } = found.find(({ period }) => period === n)?.all.counts ?? NOTHING;
    return { attempted, confirmed };
  });
}
