/** The sample history: the same each time, made of rows as the product writes them, and telling its three stories. */
import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import type { History } from "@/lib/insights/statistics/counted";
import { findDrops, type Drop } from "@/lib/insights/statistics/drops";
import { parseRecipient } from "@/lib/verification/recipient";
import { DAY, HOUR } from "@/lib/terms/durations";
import { paceAtEnd, sampleHistory } from "@/demo/history/history";
import type { Login, MessageRow } from "@/demo/history/rows";
import { storiesUntil } from "@/demo/world/stories";
import { phoneIn, placeOf, world } from "@/demo/world/world";
import { Random } from "@/demo/world/random";

const UNTIL = new Date("2026-11-23T14:15:00Z");
const END = UNTIL.getTime();
const stories = storiesUntil(END);

const few = (messages = 3_000, until = UNTIL) => [...sampleHistory({ messages, until })];

test("people go on signing in as often as they did in its last week", () => {
  const lastWeek = few(20_000).filter(
    ({ verification }) => verification.createdAt >= END - 7 * DAY && verification.country !== "AZ",
  );
  const perSecond = lastWeek.length / ((7 * DAY) / 1000);
  expect(paceAtEnd(20_000) / perSecond).toBeGreaterThan(0.9);
  expect(paceAtEnd(20_000) / perSecond).toBeLessThan(1.1);
});

/** Counts as the metrics define them. */
class Counts {
  attempted = 0;
  confirmed = 0;
  late = 0;

  add({ sid, confirmedAt, late }: MessageRow): void {
    if (!sid) return;
    this.attempted += 1;
    this.confirmed += Number(confirmedAt !== null);
    this.late += Number(late);
  }

  get inTime(): number {
    return (this.confirmed - this.late) / this.attempted;
  }

  /** Wilson's 95 % interval of in-time conversion. */
  get interval(): [number, number] {
    const [n, p, z] = [this.attempted, this.inTime, 1.96];
    const centre = p + z ** 2 / (2 * n);
    const spread = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
    return [(centre - spread) / (1 + z ** 2 / n), (centre + spread) / (1 + z ** 2 / n)];
  }
}

/** Of the whole default history, counted in passing. */
const counts = new Map<string, Counts>();
const hours = Array<number>(24).fill(0);
const weekdays = Array<number>(7).fill(0);
const resends: Record<string, number> = {};
const pumped = { blocks: new Set<string>(), addresses: new Set<string | null>(), numbers: new Set<string>() };
let messages = 0;

/** Each country's quarter-hours, as drops are looked for in. */
const quarters = new Map<string, History>();

function quartersOf(country: string): History {
  const known = quarters.get(country) ?? {
    start: new Date(END - 91 * DAY),
    attempted: new Int32Array(91 * 96),
    confirmed: new Int32Array(91 * 96),
  };
  quarters.set(country, known);
  return known;
}

const of = (name: string) => {
  const known = counts.get(name) ?? new Counts();
  counts.set(name, known);
  return known;
};

beforeAll(() => {
  const { outage, slowRoute, pumping } = stories;
  for (const { verification, messages: sent } of sampleHistory({ messages: 200_000, until: UNTIL })) {
    const { createdAt, country } = verification;
    const within = ({ from, to }: { from: number; to: number }) => from <= createdAt && createdAt < to;
    messages += sent.length;
    for (const message of sent) {
      of("world").add(message);
      const quarter = Math.floor((message.requestedAt - (END - 91 * DAY)) / (HOUR / 4));
      const { attempted, confirmed } = quartersOf(country);
      if (message.sid) attempted[quarter]! += 1;
      if (message.sid && message.confirmedAt !== null && !message.late) confirmed[quarter]! += 1;
      of(country).add(message);
      if (country === "ID") of(createdAt >= END - DAY ? "ID last day" : "ID before").add(message);
      if (country === "ID" && within(outage)) of(`ID outage ${message.network}`).add(message);
      if (country === "IN") of(within(slowRoute) ? "IN slow" : "IN else").add(message);
      if (country === "AZ") of(within(pumping) ? "AZ pumped" : "AZ else").add(message);
    }
    if (country === "IN") {
      const name = within(slowRoute) ? "slow" : "else";
      resends[name] = (resends[name] ?? 0) + Number(verification.sends > 1);
      resends[`${name} of`] = (resends[`${name} of`] ?? 0) + 1;
    }
    if (country === "AZ" && within(pumping)) {
      pumped.blocks.add(verification.block);
      pumped.addresses.add(verification.clientIp);
      pumped.numbers.add(verification.to);
    }
    if (country === "DE") {
      // In November Germany is at UTC+1, in September and October at UTC+2.
      hours[new Date(createdAt + HOUR).getUTCHours()]! += 1;
      weekdays[new Date(createdAt + HOUR).getUTCDay()]! += 1;
    }
  }
});

describe("the rows", () => {
  test("are the same for the same wish and end, and others for others", () => {
    const rows = few();
    // Node's comparison: the matcher's takes a hundred times as long over so many.
    expect(isDeepStrictEqual(few(), rows)).toBe(true);
    expect(few(3_001)[0]).not.toEqual(rows[0]);
    expect(few(3_000, new Date(END + 900_000))[0]).not.toEqual(rows[0]);
  });

  test("are as many as wished, within two per cent", () => {
    expect(messages).toBeGreaterThan(196_000);
    expect(messages).toBeLessThan(204_000);
    expect(new Set([...counts.keys()].filter((name) => name.length === 2)).size).toBeGreaterThan(60);
  });

  test("stand as the product leaves them", () => {
    const ids = new Set<string>();
    let last = 0;
    for (const login of few(20_000)) {
      const wrong = faultOf(login);
      if (wrong) expect.fail(`${wrong}: ${JSON.stringify(login, null, 1)}`);
      if (login.verification.createdAt < last) expect.fail(`${login.verification.id} is out of order`);
      last = login.verification.createdAt;
      for (const { id } of [login.verification, ...login.messages]) {
        if (ids.has(id)) expect.fail(`${id} for the second time`);
        ids.add(id);
      }
    }
  });

  test("lie in the 90 days before the end, and hold every kind of outcome", () => {
    const logins = few(60_000);
    const sent = logins.flatMap((login) => login.messages);
    expect(logins[0]!.verification.createdAt).toBeGreaterThanOrEqual(END - 90 * DAY);
    expect(new Set(logins.map(({ verification }) => verification.status))).toEqual(
      new Set(["pending", "approved", "expired", "canceled", "max_checks_reached"]),
    );
    expect(new Set(logins.map(({ verification }) => verification.action)).size).toBe(4);
    expect(sent.some(({ refusedAt }) => refusedAt !== null)).toBe(true);
    expect(sent.some(({ unansweredAt }) => unansweredAt !== null)).toBe(true);
    expect(new Set(sent.map(({ errorCode }) => errorCode)).size).toBeGreaterThan(8);
    // Prices of the newest are still to come.
    const newest = sent.filter(({ sentAt }) => sentAt !== null && sentAt > END - 6 * HOUR);
    const open = newest.filter(({ price }) => price === null);
    expect(open.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThan(newest.length / 6);
    // The first of two messages is confirmed now and then, and mostly the second.
    const confirmed = logins.flatMap((login) =>
      login.messages.length === 2 ? login.messages.flatMap((m) => (m.confirmedAt ? m.ordinal : [])) : [],
    );
    expect(new Set(confirmed)).toEqual(new Set([1, 2]));
  });
});

test("every network's numbers are valid mobile numbers of ranges it holds", () => {
  const random = new Random("test");
  for (const place of world()) {
    expect(place.numbers.length, place.country).toBeGreaterThan(0);
    for (let count = 0; count < 30; count += 1) {
      const { number, network, block } = phoneIn(place, random);
      expect(parseRecipient(number)).toEqual({
        ok: true,
        recipient: { number, country: place.country, network, block },
      });
    }
  }
  expect(placeOf("ID").numbers.map(({ name }) => name)).toContain("Telkomsel");
});

describe("the figures", () => {
  test("people log in by day, and less at the weekend", () => {
    const [night, evening] = [hours[3]!, hours[20]!];
    expect(evening).toBeGreaterThan(night * 6);
    const [sunday, monday] = [weekdays[0]!, weekdays[1]!];
    expect(monday).toBeGreaterThan(sunday * 1.05);
  });

  test("conversion differs by country, and is high in most", () => {
    expect(of("world").inTime).toBeGreaterThan(0.8);
    expect(of("GB").inTime).toBeGreaterThan(0.9);
    expect(of("NG").inTime).toBeLessThan(0.8);
  });

  test("Indonesia has dropped beyond doubt in the last day, and one network is why", () => {
    const [before, now] = [of("ID before"), of("ID last day")];
    expect(before.inTime).toBeGreaterThan(0.85);
    expect(now.attempted).toBeGreaterThan(150);
    expect(now.inTime).toBeLessThan(0.62);
    expect(now.interval[1]).toBeLessThan(before.interval[0] - 0.15);
    expect(of("ID outage Telkomsel").inTime).toBeLessThan(0.15);
    expect(of("ID outage XL").inTime).toBeGreaterThan(0.7);
    expect(END - stories.outage.from).toBeLessThan(16 * HOUR);
  });

  test.each(["00:00", "04:30", "09:00", "13:45", "18:15", "22:00"])(
    "Indonesia has dropped also when the history ends at %s UTC",
    (time) => {
      const until = new Date(`2026-11-23T${time}:00Z`);
      const [before, now] = [new Counts(), new Counts()];
      for (const { verification, messages: sent } of sampleHistory({ messages: 60_000, until })) {
        if (verification.country !== "ID") continue;
        const when = verification.createdAt >= until.getTime() - DAY ? now : before;
        for (const message of sent) when.add(message);
      }
      expect(now.interval[1]).toBeLessThan(before.interval[0] - 0.05);
      expect(now.inTime).toBeLessThan(0.68);
    },
    20_000,
  );

  test("India's slow route: fewer in time, many late, many asked again, and over", () => {
    const [slow, usual] = [of("IN slow"), of("IN else")];
    expect(slow.interval[1]).toBeLessThan(usual.interval[0] - 0.2);
    expect(slow.late / slow.attempted).toBeGreaterThan(20 * (usual.late / usual.attempted));
    expect(resends["slow"]! / resends["slow of"]!).toBeGreaterThan(
      5 * (resends["else"]! / resends["else of"]!),
    );
    expect(stories.slowRoute.to).toBeLessThan(END - 7 * DAY);
  });

  test("Azerbaijan is pumped: thousands to consecutive numbers of few blocks, from few addresses, unanswered", () => {
    const attack = of("AZ pumped");
    expect(attack.attempted).toBeGreaterThan(2_500);
    expect(attack.inTime).toBeLessThan(0.02);
    expect(of("AZ else").inTime).toBeGreaterThan(0.7);
    expect([...pumped.addresses].length).toBeLessThan(30);
    const neighbours = [...pumped.numbers].filter((number) => pumped.numbers.has(`+${BigInt(number) + 1n}`));
    expect(neighbours.length).toBeGreaterThan(0.9 * pumped.numbers.size);
    expect(pumped.blocks.size).toBeLessThan(15);
  });

  test.each([
    ["ID", stories.outage],
    ["IN", stories.slowRoute],
    ["AZ", stories.pumping],
  ])("the story of %s is noticed while it lasts, against what was before it", (country, { from, to }) => {
    const found = findDrops(quartersOf(country), 0, null).filter(
      ({ since }) => Math.abs(since.getTime() - from) < 6 * HOUR,
    );
    expect(found).toHaveLength(1);
    const [{ openedAt, baseline, until }] = found as [Drop];
    expect(openedAt.getTime()).toBeLessThan(Math.min(to, END));
    expect(baseline.confirmed / baseline.attempted).toBeGreaterThan(0.75);
    if (to < END - DAY) expect(until!.getTime()).toBeGreaterThan(openedAt.getTime());
  });

  test("elsewhere nothing is noticed", () => {
    const others = [...quarters].filter(([country]) => !["ID", "IN", "AZ"].includes(country));
    expect(others.flatMap(([country, history]) => findDrops(history, 0, null).map(() => country))).toEqual(
      [],
    );
  });
});

/** What is wrong with a login's rows; null when nothing is. */
function faultOf({ verification, messages: sent, feedback }: Login): string | null {
  const { id, createdAt, acceptedAt, expiresAt, approvedAt, status, sends, to, block, clientIp } =
    verification;
  const confirmed = sent.filter(({ confirmedAt }) => confirmedAt !== null);
  const accepted = sent.flatMap((message) => message.acceptedAt ?? []);
  const redacted = createdAt < END - 30 * DAY;
  const whole = [
    [/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id), "id"],
    [Number.parseInt(id.replace("-", "").slice(0, 12), 16) === createdAt, "id's time"],
    [expiresAt === createdAt + 600_000, "expiry"],
    [sends === sent.length && sends >= 1 && sends <= 5, "sends"],
    [acceptedAt === (accepted.length ? Math.min(...accepted) : null), "first SID"],
    [
      redacted ? to === block && clientIp === null : to.slice(0, -3) === block && clientIp !== null,
      "redaction",
    ],
    [confirmed.length <= 1 && confirmed.length === Number(feedback !== null), "feedback"],
    [(status === "approved") === (approvedAt !== null), "approval"],
    [(status === "expired") === (confirmed[0]?.late ?? false), "late"],
    [status !== "approved" || confirmed[0]?.confirmedAt === approvedAt, "approved message"],
    [status !== "max_checks_reached" || verification.failedChecks === 5, "checks"],
    [!feedback || feedback.messageId === confirmed[0]?.id, "feedback's message"],
    [
      !feedback || later(confirmed[0]!.confirmedAt, feedback.reportedAt, feedback.refusedAt),
      "feedback's time",
    ],
    [sent.every((message, index) => message.ordinal === index + 1), "ordinals"],
    [
      sent.every(
        (message, index) => index === 0 || message.requestedAt >= sent[index - 1]!.requestedAt + 30_000,
      ),
      "gap",
    ],
  ] as const;
  const fault = whole.find(([holds]) => !holds)?.[1] ?? null;
  return fault ?? sent.map(faultOfMessage).find((each) => each !== null) ?? null;
}

function faultOfMessage(message: MessageRow): string | null {
  const { sid, status, errorCode, requestedAt, refusedAt, unansweredAt, acceptedAt } = message;
  const { sentAt, deliveredAt, failedAt, confirmedAt, price, segments } = message;
  const times = [
    requestedAt,
    refusedAt,
    unansweredAt,
    acceptedAt,
    sentAt,
    deliveredAt,
    failedAt,
    confirmedAt,
  ];
  const whole = [
    [
      times.every((time) => time === null || (Number.isInteger(time) && time >= requestedAt && time <= END)),
      "times",
    ],
    [later(requestedAt, acceptedAt, sentAt, deliveredAt ?? failedAt), "order"],
    [(sid !== null) === (acceptedAt !== null) && (sid === null) === (status === null), "SID"],
    [sid === null || (refusedAt === null && unansweredAt === null), "outcome"],
    [(status === "delivered" || status === "read") === (deliveredAt !== null), "delivered"],
    [(status === "read") === (deliveredAt !== null && message.channel === "whatsapp"), "read"],
    [(status === "failed" || status === "undelivered") === (failedAt !== null), "failed"],
    [(errorCode !== null) === (failedAt !== null || refusedAt !== null), "error code"],
    [confirmedAt === null || sid !== null, "confirmed"],
    [price === null ? segments === null : /^-\d+\.\d{5}$/.test(price) && segments !== null, "price"],
    [/^[0-9a-f]{64}$/.test(message.secretHash), "hash"],
  ] as const;
  return whole.find(([holds]) => !holds)?.[1] ?? null;
}

/** Whether moments come one after the other; those that are null are left out. */
function later(...moments: (number | null)[]): boolean {
  const known = moments.filter((moment) => moment !== null);
  return known.every((moment, index) => index === 0 || moment >= known[index - 1]!);
}
