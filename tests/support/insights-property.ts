/**
 * The reports after anything that can happen, in any order: sends, refusals, lost answers, callbacks in any order and doubled,
 * checks, resends, late confirmations, prices, feedback, retention, folds, rebuilds, and crashes in the middle of them. After
 * every step the summary and two other reports, and at the end all of them, are what a plain recount says.
 *
 * Two files run this, each with sequences of its own: one for each of two processors.
 */
import fc from "fast-check";
import { expect } from "vitest";
import { secondsAfter, setClock } from "@/lib/clock";
import { db } from "@/lib/db";
import { reconcile } from "@/lib/delivery/reconcile";
import { recordStatus } from "@/lib/delivery/record-status";
import { recordNoAnswer, recordRefusal } from "@/lib/delivery/record-unsent";
import { deliverFeedback } from "@/lib/feedback/deliver";
import { markRefused, markReported, postpone, takeDueFeedback } from "@/lib/feedback/due";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { rebuildCells, verifyCells } from "@/lib/insights/counting/rebuild";
import { retain } from "@/lib/insights/counting/retention";
import { cancelVerification } from "@/lib/verification/cancel";
import { denyLink } from "@/lib/verification/link";
import { checkVerification } from "@/lib/verification/check";
import { secretHash } from "@/lib/secrets";
import { prepareVerification } from "@/lib/verification/start";
import { DAY_SECONDS, HOUR, HOUR_SECONDS, QUARTER_SECONDS } from "@/lib/terms/durations";
import { BREAKDOWNS } from "@/lib/terms/dimensions";
import type { MessageStatus, TrackedAction } from "@/prisma/generated/enums";
import { empty, sidOf, undone } from "@/tests/support/insights-database";
import {
  goneBetween,
  look,
  together,
  type FilterValues,
  type Seen,
  type SeenMessage,
} from "@/tests/support/insights-recount";
import { reportDifferences, REPORTS } from "@/tests/support/insights-reports/all";
import { type Choice } from "@/tests/support/insights-reports/choice";
import type { Product } from "@/tests/support/product";
import { until } from "@/tests/support/until";

/** How many sequences a file takes, and how many steps each has. */
const SEQUENCES = 4;
const LENGTH = 50;
const LOOKS_AT_THE_END = 4;

let product: Product;

/** The night that clocks are put forward in New York; a Sunday. */
const BEGIN = new Date("2026-03-08T04:05:00Z");

interface Place {
  country: string;
  network: string | null;
  block: string;
}

const PLACES: Place[] = [
  { country: "US", network: null, block: "+1415555010" },
  { country: "BR", network: "Claro", block: "+5511987654" },
  { country: "BR", network: "Vivo", block: "+5511998765" },
  { country: "BR", network: null, block: "+5511900000" },
  { country: "DE", network: "Telekom, Bonn", block: "+4915112345" },
];

const CONFIGURED = "+15005550006";
const SERVICE = "MG0123456789abcdef0123456789abcdef";
const WHATSAPP = "whatsapp:+15005550009";

/** The configured one may send nowhere but to the US; codes to Germany go by WhatsApp, and other actions by what is configured all the same. */
async function addSenders(): Promise<void> {
  await product.pool.query(
    `truncate sender, sender_change;
     insert into sender (id, address, channel, label, countries, content_sid, active, created_at) values
       (gen_random_uuid(), '${CONFIGURED}', 'sms', 'Configured', '{US}', null, true, '2026-01-01Z'),
       (gen_random_uuid(), '${SERVICE}', 'sms', 'Service', '{BR}', null, true, '2026-01-01Z'),
       (gen_random_uuid(), '${WHATSAPP}', 'whatsapp', 'WhatsApp', '{DE}', 'HX${"0".repeat(32)}', true, '2026-01-01Z')`,
  );
}

const LOCALES = [undefined, undefined, "es", "pt-BR", "de"];

interface Sent {
  verificationId: string;
  messageId: string;
  sid: string;
  secret: string;
}

interface World {
  now: Date;
  sent: Sent[];
  /** What retention has deleted. */
  kept: Seen;
  live: Seen;
  numbers: number;
}

const some = fc.nat({ max: 1000 });
const STATUSES: MessageStatus[] = [
  "accepted",
  "scheduled",
  "queued",
  "sending",
  "sent",
  "canceled",
  "failed",
  "undelivered",
  "delivered",
  "read",
];
const CODES = [null, 30003, 30005, 30007];
const ACTIONS: TrackedAction[] = ["code", "code", "link", "temporary_password"];

type Step =
  | {
      do: "start";
      place: number;
      action: number;
      locale?: number;
      then: "accepted" | "refused" | "lost" | "nothing";
    }
  | { do: "login"; place: number; seconds: number }
  | { do: "real start"; answer: boolean }
  | { do: "real resend"; which: number }
  | { do: "resend"; which: number; then: "accepted" | "refused" | "lost" | "nothing" }
  | { do: "report"; which: number; status: number; code: number; times: number; early: number; byId: boolean }
  | { do: "report all"; which: number; statuses: number[] }
  | { do: "check"; which: number; right: boolean }
  | { do: "cancel"; which: number }
  | { do: "price"; which: number; amount: number; currency: string }
  | { do: "reconcile" }
  | { do: "feedback"; which: number; how: "reported" | "refused" | "postponed" | "taken" | "delivered" }
  | { do: "wait"; seconds: number }
  | { do: "retain"; days: number }
  | { do: "fold" }
  | { do: "two folds" }
  | { do: "rebuild" }
  | { do: "crash"; step: Step }
  | { do: "killed fold"; how: "pg_cancel_backend" | "pg_terminate_backend" };

const fate = fc.constantFrom("accepted", "accepted", "accepted", "refused", "lost", "nothing");

const ordinary = {
  start: fc.record({ do: fc.constant("start"), place: some, action: some, locale: some, then: fate }),
  resend: fc.record({ do: fc.constant("resend"), which: some, then: fate }),
  report: fc.record({
    do: fc.constant("report"),
    which: some,
    status: some,
    code: some,
    times: fc.integer({ min: 1, max: 3 }),
    early: fc.nat({ max: 50 }),
    byId: fc.boolean(),
  }),
  check: fc.record({
    do: fc.constant("check"),
    which: some,
    right: fc.constantFrom(true, true, true, false),
  }),
  cancel: fc.record({ do: fc.constant("cancel"), which: some }),
  price: fc.record({
    do: fc.constant("price"),
    which: some,
    amount: fc.nat({ max: 9_999_999 }),
    currency: fc.constantFrom("USD", "USD", "EUR"),
  }),
  feedback: fc.record({
    do: fc.constant("feedback"),
    which: some,
    how: fc.constantFrom("reported", "reported", "refused", "postponed", "taken", "delivered"),
  }),
  retain: fc.record({ do: fc.constant("retain"), days: fc.integer({ min: 1, max: 3 }) }),
  fold: fc.record({ do: fc.constant("fold") }),
} as const;

const step = fc.oneof(
  { weight: 8, arbitrary: ordinary.start },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("login"), place: some, seconds: fc.nat({ max: 800 }) }),
  },
  { weight: 2, arbitrary: ordinary.resend },
  { weight: 8, arbitrary: ordinary.report },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("report all"),
      which: some,
      statuses: fc.shuffledSubarray([...STATUSES.keys()], { minLength: 3 }),
    }),
  },
  { weight: 8, arbitrary: ordinary.check },
  { weight: 1, arbitrary: ordinary.cancel },
  { weight: 3, arbitrary: ordinary.price },
  { weight: 4, arbitrary: ordinary.feedback },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("wait"),
      seconds: fc.constantFrom(
        7,
        130,
        599,
        QUARTER_SECONDS,
        1700,
        3 * HOUR_SECONDS,
        DAY_SECONDS - 60,
        DAY_SECONDS,
        2 * DAY_SECONDS,
      ),
    }),
  },
  { weight: 2, arbitrary: ordinary.retain },
  { weight: 6, arbitrary: ordinary.fold },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("two folds") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("rebuild") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("real start"), answer: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("real resend"), which: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reconcile") }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("crash"), step: fc.oneof(...Object.values(ordinary)) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("killed fold"),
      how: fc.constantFrom("pg_cancel_backend", "pg_terminate_backend"),
    }),
  },
) as fc.Arbitrary<Step>;

const values = (...all: string[]) => fc.subarray(all, { maxLength: Math.min(2, all.length) });
const side = fc.constantFrom("true" as const, "false" as const);
const filters: fc.Arbitrary<FilterValues> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        country: values("US", "BR", "DE", "FR"),
        "country!": values("US", "BR", "DE"),
        network: values("claro", "Vivo", "unknown", "TELEKOM, Bonn"),
        "network!": values("Claro", "unknown"),
        action: values("code", "link"),
        "action!": values("temporary_password", "code"),
      },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        sender: values(CONFIGURED, SERVICE, WHATSAPP),
        "sender!": values(CONFIGURED, SERVICE),
        channel: values("sms", "whatsapp"),
        "channel!": values("whatsapp"),
        locale: values("en", "es", "pt", "de", "unknown"),
        "locale!": values("en", "unknown"),
        country: values("US", "BR", "DE"),
        network: values("claro", "unknown"),
        action: values("code", "link"),
        confirmed: side,
      },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        block: values(...PLACES.map(({ block }) => block)),
        "block!": values(PLACES[0]!.block, PLACES[1]!.block),
        country: values("US", "BR"),
      },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        status: values("delivered", "sent", "queued", "undelivered", "failed"),
        "status!": values("delivered", "failed"),
        errorCode: values("30003", "30005", "21211"),
        "errorCode!": values("30003", "30005"),
        confirmed: side,
        country: values("US", "BR"),
        network: values("Claro", "unknown"),
      },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        failed: side,
        late: side,
        resent: side,
        unreported: side,
        feedback: values("reported", "pending", "retrying", "refused"),
        feedbackError: values("20404", "timeout"),
      },
      { requiredKeys: [] },
    ),
  },
);

const ZONES = [
  "UTC",
  "America/New_York",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Europe/Berlin",
  "America/St_Johns",
];

/** What to look at; `back` and `length` in quarter-hours, from the beginning or from now. */
const look_ = fc.record({
  tz: fc.constantFrom(...ZONES),
  interval: fc.constantFrom("quarter-hour", "hour", "day", "week", "month"),
  by: fc.constantFrom(...BREAKDOWNS),
  compare: fc.constantFrom("previous", "week", "none"),
  filters,
  whole: fc.constantFrom(true, true, true, false),
  back: fc.integer({ min: -8, max: 300 }),
  length: fc.integer({ min: 1, max: 400 }),
});

const twoReports = fc.subarray([...REPORTS], { minLength: 2, maxLength: 2 });

type Look = Omit<Choice, "from" | "to"> & { whole: boolean; back: number; length: number };

function choiceOf({ whole, back, length, interval, ...rest }: Look, now: Date): Choice {
  const quarter = (moment: number) =>
    new Date(Math.floor(moment / (QUARTER_SECONDS * 1000)) * QUARTER_SECONDS * 1000);
  if (whole) {
    const days = (now.getTime() - BEGIN.getTime()) / (DAY_SECONDS * 1000);
    // Not so many buckets that looking at them takes longer than the steps.
    const coarse = interval === "quarter-hour" && days > 4 ? "hour" : interval;
    const from = quarter(BEGIN.getTime() - HOUR);
    return { ...rest, interval: coarse, from, to: quarter(now.getTime() + QUARTER_SECONDS * 1000) };
  }
  const to = quarter(now.getTime() - (back - 8) * QUARTER_SECONDS * 1000);
  return { ...rest, interval, from: new Date(to.getTime() - length * QUARTER_SECONDS * 1000), to };
}

const runs: Record<string, number> = {};

async function take(world: World, step: Step): Promise<void> {
  runs[step.do] = (runs[step.do] ?? 0) + 1;
  const at = world.now;
  /** One of those that something can become of, most of the time; else any, or the last. */
  const pick = (which: number, wanted?: (message: SeenMessage) => boolean) => {
    const ids = new Set(wanted && world.live.messages.filter(wanted).map(({ id }) => id));
    const apt = world.sent.filter(({ messageId }) => ids.has(messageId));
    const from = apt.length > 0 && which % 5 > 0 ? apt : world.sent;
    return from.length === 0 ? undefined : from.at(-1 - (which % from.length));
  };
  switch (step.do) {
    case "start": {
      const place = PLACES[step.place % PLACES.length]!;
      const number = `${place.block}${String((world.numbers += 1)).padStart(3, "0")}`;
      const action = ACTIONS[step.action % ACTIONS.length]!;
      const prepared = await prepareVerification({
        recipient: { number, ...place },
        action,
        locale: LOCALES[(step.locale ?? 0) % LOCALES.length],
        clientAddress: `2001:db8:${world.numbers}::7`,
      });
      if (prepared.outcome === "refused") throw new Error(prepared.problem);
      await learn(world, prepared.id, action);
      await end(world.sent.at(-1)!, step.then, at);
      return;
    }
    case "login": {
      await take(world, { do: "start", place: step.place, action: 0, then: "accepted" });
      const { messageId, sid, verificationId, secret } = world.sent.at(-1)!;
      const deliveredAt = secondsAfter(at, step.seconds % 40);
      await recordStatus({ messageId, sid, status: "delivered", errorCode: null, at: deliveredAt });
      world.now = secondsAfter(at, step.seconds);
      await checkVerification(verificationId, secret);
      return;
    }
    case "resend": {
      const sent = pick(step.which);
      if (!sent) return;
      // As lib/verification/resend.ts writes it, with a secret that is known here.
      const messageId = crypto.randomUUID();
      const secret = `resent-${messageId}`;
      const written = await db().$executeRaw`
        with moved as (
          update verification set sends = sends + 1 where id = ${sent.verificationId}::uuid and status = 'pending'
            and expires_at > ${at}::timestamptz and sends < 5 returning *
        )
        insert into message (id, verification_id, secret_hash, country, network, block, action, sender, locale, attempt, requested_at)
        select ${messageId}::uuid, id, ${secretHash(sent.verificationId, secret)}::bytea, country, network, block, action,
          ${CONFIGURED}, locale, sends, ${at}::timestamptz from moved`;
      if (written === 0) return;
      world.sent.push({ ...sent, messageId, sid: sidOf(messageId), secret });
      await end(world.sent.at(-1)!, step.then, at);
      return;
    }
    case "report": {
      const sent = pick(step.which, (message) => message.status === "queued" || message.sid === null);
      if (!sent) return;
      const status = STATUSES[step.status % STATUSES.length]!;
      const failed = status === "failed" || status === "undelivered";
      const errorCode = failed ? CODES[step.code % CODES.length]! : null;
      const { messageId, sid } = sent;
      for (let time = 0; time < step.times; time += 1) {
        const id = step.byId ? messageId : undefined;
        const reportedAt = secondsAfter(at, time - step.early / 10);
        await recordStatus({ messageId: id, sid, status, errorCode, at: reportedAt });
      }
      return;
    }
    case "report all": {
      const sent = pick(step.which);
      if (!sent) return;
      const { messageId, sid } = sent;
      await Promise.all(
        [...step.statuses, ...step.statuses.slice(0, 2)].map((n) =>
          recordStatus({ messageId, sid, status: STATUSES[n]!, errorCode: null, at }),
        ),
      );
      return;
    }
    case "check": {
      const sent = pick(step.which, (message) => message.sid !== null && message.confirmedAt === null);
      if (!sent) return;
      const { rows } = await product.pool.query<{ action: "code" | "link" | "temporary_password" }>(
        "select action from verification where id = $1",
        [sent.verificationId],
      );
      const secret = step.right ? sent.secret : "no such secret";
      await checkVerification(sent.verificationId, secret, rows[0]?.action);
      return;
    }
    case "cancel": {
      const sent = pick(step.which);
      if (!sent) return;
      // Whoever got a link says no; of anything else nobody can.
      const denial = await denyLink(sent.secret);
      if (denial.outcome === "refused") await cancelVerification(sent.verificationId);
      return;
    }
    case "price": {
      const sent = pick(step.which, (message) => message.sid !== null);
      if (!sent) return;
      // As reconciling fills it, and as Twilio may correct it.
      await db().$executeRaw`
        update message set price = ${-step.amount}::numeric / 100000, price_unit = ${step.currency}, segments = 1
        where sid = ${sent.sid}`;
      return;
    }
    case "reconcile":
      await reconcile({ from: secondsAfter(at, -DAY_SECONDS), to: secondsAfter(at, 1) });
      return;
    case "feedback": {
      const sent = pick(step.which, (message) => message.confirmedAt !== null && !message.reported);
      if (!sent) return;
      if (step.how === "taken") await takeDueFeedback(2, at);
      // What has no SID is not told to Twilio.
      const { rows } = await product.pool.query("select from message where id = $1 and sid is not null", [
        sent.messageId,
      ]);
      if (rows.length === 0) return;
      if (step.how === "reported") await markReported([{ messageId: sent.messageId, at }]);
      if (step.how === "refused") await markRefused(sent.messageId, "20404", at);
      if (step.how === "postponed") await postpone(sent.messageId, "timeout", at);
      if (step.how === "delivered") await deliverFeedback();
      return;
    }
    case "wait":
      world.now = secondsAfter(at, step.seconds);
      return;
    case "retain": {
      product.configure({ RETENTION_DAYS: String(step.days), REDACT_AFTER_DAYS: "1" });
      await retain();
      return;
    }
    case "fold":
      await foldDeltas();
      return;
    case "two folds":
      await Promise.all([foldDeltas(), foldDeltas()]);
      return;
    case "rebuild":
      await rebuildCells();
      return;
    case "real start": {
      const to = `+1415555${2000 + (world.numbers += 1)}`;
      product.simulator.setFaults({ callbackLost: 1, ...(step.answer ? {} : { lostAnswer: 1 }) });
      const answer = await product.call("POST", "/api/verifications", { to });
      expect(answer.status).toBe(step.answer ? 201 : 504);
      const id = (answer.body.verification?.id ?? answer.body.id) as string;
      await learn(world, id, "code");
      return;
    }
    case "real resend": {
      const sent = pick(step.which);
      if (!sent) return;
      product.simulator.setFaults({ callbackLost: 1 });
      const answer = await product.call("POST", `/api/verifications/${sent.verificationId}/messages`);
      if (answer.status === 201) await learn(world, sent.verificationId, "code");
      return;
    }
    case "crash": {
      const { sent, now, numbers } = { ...world, sent: [...world.sent] };
      await undone(() => take(world, step.step));
      Object.assign(world, { sent, now, numbers });
      return;
    }
    case "killed fold":
      await killFold(step.how);
  }
}

/** Twilio's answer to a send. */
async function end({ messageId, sid }: Sent, how: string, at: Date): Promise<void> {
  if (how === "accepted") await recordStatus({ messageId, sid, status: "queued", errorCode: null, at });
  if (how === "refused") await recordRefusal(messageId, 21211, at);
  if (how === "lost") await recordNoAnswer(messageId, at);
}

/** Notes a verification's newest message, and gives it a secret that is known here. */
async function learn(world: World, verificationId: string, action: TrackedAction): Promise<void> {
  const [message] = await db().$queryRaw<{ id: string; sid: string | null }[]>`
    select id, sid from message where verification_id = ${verificationId}::uuid order by attempt desc limit 1`;
  const secret = `${action}-${message!.id}`;
  await db().$executeRaw`
    update message set secret_hash = ${secretHash(verificationId, secret)}::bytea where id = ${message!.id}::uuid`;
  const sid = message!.sid ?? sidOf(message!.id);
  world.sent.push({ verificationId, messageId: message!.id, sid, secret });
}

/** Ends a fold from outside while it writes cells: it waits there for a lock that is held here. */
async function killFold(how: "pg_cancel_backend" | "pg_terminate_backend"): Promise<void> {
  const client = await product.pool.connect();
  try {
    await client.query("begin");
    await client.query("lock table latency_cell in share row exclusive mode");
    let end: unknown;
    const fold = foldDeltas()
      .then(
        () => "folded",
        (error: unknown) => error,
      )
      .then((how) => (end = how));
    const seen = await until(async () => {
      // Within a transaction the first look at who is connected is kept: a fold whose connection came later was never seen.
      await client.query("select pg_stat_clear_snapshot()");
      const { rows } = await client.query(
        `select ${how}(pid) from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))`,
      );
      return rows.length > 0 ? "struck" : end;
    });
    // One with nothing to write waits for nothing.
    expect(await fold).toEqual(seen === "struck" ? expect.any(Error) : "folded");
  } finally {
    await client.query("rollback");
    client.release();
  }
}

/** Takes sequences of steps that nobody has thought of. @throws what fast-check found, with the seed to see it again */
export async function takeAnySteps(under: Product): Promise<void> {
  product = under;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, look_ as fc.Arbitrary<Look>, twoReports), {
        minLength: LENGTH,
        maxLength: LENGTH,
        size: "max",
      }),
      async (steps) => {
        await empty(product.pool);
        await addSenders();
        product.configure({});
        const nothing = { messages: [], verifications: [] };
        const world: World = { now: BEGIN, sent: [], kept: nothing, live: nothing, numbers: 0 };
        setClock(() => world.now);
        const differences = (chosen: Look, reports: Parameters<typeof reportDifferences>[4]) =>
          reportDifferences(choiceOf(chosen, world.now), world.live, world.kept, world.now, reports);
        for (const [step, chosen, reports] of steps) {
          await take(world, step);
          const live = await look(product.pool);
          const gone = goneBetween(world.live, live);
          if (step.do !== "retain") expect(gone).toEqual(nothing);
          else world.kept = together(world.kept, gone);
          world.live = live;
          expect(await differences(chosen, reports)).toEqual([]);
        }
        for (const [, chosen] of steps.slice(-LOOKS_AT_THE_END)) {
          expect(await differences(chosen, REPORTS)).toEqual([]);
        }
        expect(await verifyCells()).toEqual([]);
        await foldDeltas();
        expect(await verifyCells()).toEqual([]);
      },
    ),
    { numRuns: SEQUENCES, endOnFailure: true },
  );
  // Each kind of step was taken.
  expect(Object.keys(runs).length).toBeGreaterThanOrEqual(16);
}
