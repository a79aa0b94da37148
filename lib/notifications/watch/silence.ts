/**
 * Silence, as an incident: messages go out and not one is confirmed, where some should be. Forms that do not reach us and a broken page look like this, and
 * no destination's finding says it before its messages are mature.
 */
import { now, secondsAfter } from "../../clock";
import { floor } from "../../insights/counting/spans";
import { ask } from "../../insights/asking/tallies";
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS, QUARTER_SECONDS } from "../../terms/durations";
import { clear, openIncidents, raise } from "../incidents";
import { clockWords, numberWords } from "../words";

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
  const end = secondsAfter(to, 2 * QUARTER_SECONDS);
  const [open] = await openIncidents("silence");
  const begins = STRETCHES.map(({ seconds }) => secondsAfter(to, -seconds));
  const [recent] = begins;
  if (!recent) return;
  const since = open ? floor("quarter", open.openedAt) : recent;
  const periods = [
    { from: secondsAfter(recent, -BASELINE_DAYS * DAY_SECONDS), to: recent },
    { from: since < recent ? since : recent, to: end },
    ...begins.flatMap((from) => [
      { from, to },
      { from, to: end },
    ]),
  ];
  const found = await ask({ periods, filters: {}, only: ["attempted", "confirmed"] });
  const counts = (period: number) =>
    found.find((tally) => tally.period === period)?.all.counts ?? { attempted: 0, confirmed: 0 };
  const [usual, lately] = [counts(0), counts(1)];
  const incident = { kind: "silence", subject: "" } as const;
  if (lately.confirmed > 0) {
    const from = periods[1]?.from ?? recent;
    await clear(incident, {
      title: "Confirmations come again",
      text: `${numberWords(lately.confirmed)} since ${clockWords(from)}.`,
      path: "/",
      data: { from, to, ...lately },
    });
    return;
  }
  const share = usual.confirmed === 0 ? SHARE_AT_FIRST : usual.confirmed / usual.attempted;
  for (const [n, { words }] of STRETCHES.entries()) {
    const [sent, untilNow] = [counts(2 + 2 * n), counts(3 + 2 * n)];
    const expected = sent.attempted * share;
    if (untilNow.confirmed > 0) return;
    if (expected < EXPECTED) continue;
    const are = usual.confirmed === 0 ? "should be" : "are usually";
    await raise({
      ...incident,
      level: 1,
      severity: "critical",
      said: {
        title: `Not one message was confirmed in ${words}`,
        text: `${numberWords(sent.attempted)} were sent, of which about ${numberWords(expected)} ${are} confirmed. Try a sign-in yourself: codes may not reach us, or not be taken.`,
        path: "/",
        data: { from: begins[n] ?? recent, to, attempted: sent.attempted, confirmed: 0, expected },
      },
    });
    return;
  }
}
