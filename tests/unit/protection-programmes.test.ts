/** What the scenarios of bench:protection ask for is what they say. */
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/terms/durations";
import { parseRecipient } from "@/lib/verification/recipient";
import { DESTINATIONS, history, HISTORY_DAYS, ordinary } from "@/scripts/bench/protection/ordinary";
import { conversionOf, type Asker, type Part, type Programme } from "@/scripts/bench/protection/programme";
import { scenariosNamed } from "@/scripts/bench/protection/scenarios";

const SEED = "1";
const programmes = new Map(scenariosNamed().map(([name, { programme }]) => [name, programme(SEED)]));

function of(name: string, part: Part): Asker[] {
  const found = programmes.get(name);
  if (!found) throw new Error(`there is no ${name}`);
  return found.askers.filter((asker) => asker.part === part);
}

const attackers = (name: string) => of(name, "attack");
const starts = (askers: readonly Asker[]) => askers.map(({ tries }) => tries[0]?.at ?? 0);
const different = (askers: readonly Asker[], what: (asker: Asker) => unknown) =>
  new Set(askers.map(what)).size;
const countryOf = ({ phone }: Asker) => phone.place.country;

/** How long something lasts, from the first who asks to the last. */
function lasts(askers: readonly Asker[]): number {
  const times = starts(askers);
  return Math.max(...times) - Math.min(...times);
}

/** What tells one programme from another. */
const essence = ({ askers }: Programme) =>
  askers.map(({ phone, address, tries }) => [phone.number, address, tries]);

describe.each(scenariosNamed())("the scenario %s", (name, { programme }) => {
  const played = programme(SEED);

  test("is the same for the same seed, and another for another", () => {
    expect(essence(programme(SEED))).toEqual(essence(played));
    expect(essence(programme("2"))).not.toEqual(essence(played));
  });

  test("asks in order, within its length, for numbers that can get a message, and begins amid people", () => {
    const times = starts(played.askers);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...times)).toBeLessThan(played.length);
    expect(times[0]).toBeLessThan(played.begins);
    const wrong = played.askers.filter(({ phone }) => {
      const reading = parseRecipient(phone.number);
      return !reading.ok || reading.recipient.country !== phone.place.country;
    });
    expect(wrong.map(({ phone }) => phone.number)).toEqual([]);
  });

  test("has nobody honest who asks at a pace that no person has", () => {
    const gaps = played.askers
      .filter(({ part }) => part !== "attack")
      .flatMap(({ tries }) => tries.slice(1).map(({ at }, i) => at - (tries[i]?.at ?? 0)));
    expect(Math.min(Infinity, ...gaps)).toBeGreaterThanOrEqual(45_000);
    expect(Math.max(0, ...of(name, "honest").map(({ tries }) => tries.length))).toBeLessThanOrEqual(10);
  });
});

describe("ordinary people", () => {
  const before = history(SEED);

  test("come to every destination as often as it says, and get in as often", () => {
    for (const [country, [aDay, conversion]] of Object.entries(DESTINATIONS)) {
      const people = before.filter((asker) => countryOf(asker) === country);
      const expected = aDay * HISTORY_DAYS;
      // Within four standard deviations of either.
      expect(Math.abs(people.length - expected), country).toBeLessThan(4 * Math.sqrt(expected));
      const deviation = Math.sqrt((conversion * (1 - conversion)) / people.length);
      expect(Math.abs(conversionOf(people) - conversion), country).toBeLessThan(4 * deviation);
    }
  });

  test("come by day rather than by night", () => {
    const inHour = (utc: number) =>
      before.filter(
        (asker) => countryOf(asker) === "DE" && new Date(starts([asker])[0] ?? 0).getUTCHours() === utc,
      ).length;
    // The beginning is at six: 11 hours later it is evening in Germany, 20 hours later night.
    expect(inHour(11)).toBeGreaterThan(4 * inHour(20));
  });

  test("come ten times as often on a launch day", () => {
    const usual = ordinary(SEED, { from: HOUR, to: 9 * HOUR }).length;
    const launched = of("launch", "honest").length;
    expect(launched / usual).toBeGreaterThan(9);
    expect(launched / usual).toBeLessThan(11);
  });
});

describe("attacks", () => {
  test("never confirm anything", () => {
    for (const name of ["one-block", "slow", "hidden", "wide"]) expect(conversionOf(attackers(name))).toBe(0);
  });

  test("on one block come from an address each", () => {
    const all = attackers("one-block");
    expect(all).toHaveLength(750);
    expect(different(all, ({ phone }) => phone.block)).toBe(1);
    expect(different(all, ({ phone }) => phone.number)).toBe(750);
    expect(different(all, ({ address }) => address)).toBeGreaterThan(740);
    expect(lasts(all)).toBeLessThanOrEqual(2.5 * HOUR);
  });

  test("that are slow take a week, with four messages in every hour", () => {
    const all = attackers("slow");
    expect(all).toHaveLength(4 * 7 * 24);
    expect(different(all, ({ phone }) => phone.block)).toBe(12);
    expect(different(all, ({ address }) => address)).toBeLessThanOrEqual(300);
    expect(lasts(all)).toBeGreaterThan(6.9 * DAY);
  });

  test("that hide are as many as the country's people, of as many blocks, behind addresses as theirs", () => {
    const all = attackers("hidden");
    const people = of("hidden", "ordinary").filter((asker) => countryOf(asker) === "IN");
    expect(new Set(all.map(countryOf))).toEqual(new Set(["IN"]));
    expect(all.length / people.length).toBeGreaterThan(0.8);
    expect(all.length / people.length).toBeLessThan(1.2);
    expect(different(all, ({ phone }) => phone.block)).toBeGreaterThan(60);
    const shared = all.filter(({ address }) => address.startsWith("100.")).length / all.length;
    expect(shared).toBeGreaterThan(0.15);
    expect(shared).toBeLessThan(0.35);
  });

  test("that are wide reach forty countries with two messages each, a quarter-hour after the other", () => {
    const all = attackers("wide");
    expect(all).toHaveLength(40 * 2 * 24);
    const first = all.filter((asker) => (starts([asker])[0] ?? 0) < HOUR + 15 * MINUTE);
    expect(different(first, countryOf)).toBe(40);
    expect(first).toHaveLength(80);
  });
});

describe("honest crowds", () => {
  test.each([
    ["outage", "undelivered"],
    ["silent-outage", "lost"],
  ])("in the %s get nothing from one network for 90 minutes, and ask again", (name, receipt) => {
    const during = (at: number) => at >= HOUR && at < HOUR + 90 * MINUTE;
    const [network] = of(name, "ordinary").filter(
      (asker) => countryOf(asker) === "ID" && asker.phone.network?.includes("Telkomsel"),
    );
    const theirs = of(name, "ordinary").filter(({ phone }) => phone.network === network?.phone.network);
    const tries = theirs.flatMap((asker) => asker.tries).filter(({ at }) => during(at));
    expect(tries.length).toBeGreaterThan(25);
    expect(tries.filter((each) => each.receipt !== receipt || each.confirmsAfter !== null)).toEqual([]);
    const again = theirs.filter(({ tries: all }) => during(all[0]?.at ?? 0) && all.length > 1);
    expect(again.length).toBeGreaterThan(5);
  });

  test("of a burst are in a new country, up to sixty in a minute, and confirm within one", () => {
    const all = of("burst", "honest");
    expect(Object.keys(DESTINATIONS)).not.toContain("CL");
    expect(new Set(all.map(countryOf))).toEqual(new Set(["CL"]));
    expect(different(all, ({ phone }) => phone.number)).toBe(all.length);
    const minutes = new Map<number, number>();
    for (const at of starts(all))
      minutes.set(Math.floor(at / MINUTE), (minutes.get(Math.floor(at / MINUTE)) ?? 0) + 1);
    expect(Math.max(...minutes.values())).toBe(60);
    expect(minutes.get(60)).toBeLessThanOrEqual(4);
    expect(conversionOf(all)).toBeGreaterThan(0.8);
    expect(conversionOf(all)).toBeLessThan(0.88);
    const waits = all.flatMap(({ tries }) => tries.flatMap(({ confirmsAfter }) => confirmsAfter ?? []));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(5_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
  });

  test("of an office are 200 behind one address, within half an hour", () => {
    const all = of("office", "honest");
    expect(all).toHaveLength(200);
    expect(different(all, ({ address }) => address)).toBe(1);
    expect(lasts(all)).toBeLessThan(30 * MINUTE);
    expect(conversionOf(all)).toBeGreaterThan(0.85);
  });

  test("of one are a person who asks five times on each of two days, and types it wrong", () => {
    const [one, ...others] = of("failing", "honest");
    expect(others).toEqual([]);
    expect(one?.tries.map(({ wrong, confirmsAfter }) => [wrong, confirmsAfter])).toEqual(
      Array.from({ length: 10 }, () => [1, null]),
    );
  });
});

test("a scenario that there is not is refused with the names of those there are", () => {
  expect(() => scenariosNamed("pumping")).toThrow(/one-block.*office/);
});
