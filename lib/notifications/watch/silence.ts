/**
 * Silence, as an incident: messages go out and not one is confirmed, where some should be. Forms that do not reach us and a broken page look like this, and
 * no destination's finding says it before its messages are mature.
 */
import { now, secondsAfter } from "../../clock";
import { floor } from "../../insights/counting/spans";
import { ask } from "../../insights/asking/tallies";
import { DAY_SECONDS, MINUTE_SECONDS, QUARTER_SECONDS } from "../../terms/durations";
import { clear, raise } from "../incidents";
import { numberWords } from "../words";

/** So long a person may take before their message counts as one that should have been confirmed. */
const ANSWERED_IN_SECONDS = 3 * MINUTE_SECONDS;
const LOOKED_AT_SECONDS = 2 * QUARTER_SECONDS;
const BASELINE_DAYS = 14;

/** So many confirmations are missing: by chance alone none would come once in e^10, or 22,000 times. */
const EXPECTED = 10;

export async function watchSilence(): Promise<void> {
  const to = floor("quarter", secondsAfter(now(), -ANSWERED_IN_SECONDS));
  const from = secondsAfter(to, -LOOKED_AT_SECONDS);
  const end = secondsAfter(to, 2 * QUARTER_SECONDS);
  const before = { from: secondsAfter(from, -BASELINE_DAYS * DAY_SECONDS), to: from };
  const periods = [{ from, to }, { from, to: end }, before];
  const found = await ask({ periods, filters: {}, only: ["attempted", "confirmed"] });
  const counts = (period: number) =>
    found.find((tally) => tally.period === period)?.all.counts ?? { attempted: 0, confirmed: 0 };
  const [last, untilNow, usual] = [counts(0), counts(1), counts(2)];
  const expected = usual.attempted === 0 ? 0 : (last.attempted * usual.confirmed) / usual.attempted;
  const incident = { kind: "silence", subject: "" } as const;
  const data = { from, to, attempted: last.attempted, confirmed: untilNow.confirmed, expected };
  if (untilNow.confirmed > 0) {
    const text = `${numberWords(untilNow.confirmed)} since ${from.toISOString().slice(11, 16)} UTC.`;
    await clear(incident, { title: "Confirmations come again", text, path: "/", data });
  } else if (expected >= EXPECTED) {
    await raise({
      ...incident,
      level: 1,
      severity: "critical",
      said: {
        title: "Not one message was confirmed in half an hour",
        text: `${numberWords(last.attempted)} were sent, of which about ${numberWords(expected)} are usually confirmed. Try a sign-in yourself: codes may not reach us, or not be taken.`,
        path: "/",
        data,
      },
    });
  }
}
