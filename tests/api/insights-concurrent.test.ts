/**
 * Reports while six write, two fold and one rebuilds: in one and the same snapshot they are what a plain recount says, each alone
 * never contradicts itself, and when all is quiet everything is there.
 */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { now, secondsAfter } from "@/lib/clock";
import { recordStatus } from "@/lib/delivery/record-status";
import { recordNoAnswer, recordRefusal } from "@/lib/delivery/record-unsent";
import { markReported } from "@/lib/feedback/due";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { rebuildCells, verifyCells } from "@/lib/insights/counting/rebuild";
import { checkVerification } from "@/lib/verification/check";
import { HOUR_SECONDS } from "@/lib/terms/durations";
import { inSnapshot, insertPending } from "@/tests/support/insights-database";
import { look, type Seen } from "@/tests/support/insights-recount";
import { reportDifferences } from "@/tests/support/insights-reports/all";
import { type Choice } from "@/tests/support/insights-reports/choice";
import { report } from "@/tests/support/insights-reports/request";
import { contradictions } from "@/tests/support/insights-reports/row";
import { useProduct } from "@/tests/support/product";
import { until } from "@/tests/support/until";

const product = useProduct();

const WRITERS = 6;
const FOLDERS = 2;
/** Verifications of each writer, each some six statements. */
const EACH = 80;
/** How often a snapshot's reports are compared meanwhile, at least. */
const COMPARISONS = 7;

const PLACES = [
  { country: "US", network: null, block: "+1415555" },
  { country: "BR", network: "Claro", block: "+5511987" },
  { country: "BR", network: "Vivo", block: "+5511998" },
  { country: "DE", network: "Telekom", block: "+4915112" },
];

const nothing: Seen = { messages: [], verifications: [] };

let pool: pg.Pool;
beforeAll(() => {
  pool = new pg.Pool({ connectionString: product.databaseUrl, max: WRITERS + 4 });
});
afterAll(() => pool.end());

/** A writer's verifications: started within the last hours, refused, lost, delivered, confirmed in time or late, reported. */
async function write(writer: number, finished: () => Promise<void>): Promise<void> {
  for (let n = 0; n < EACH; n += 1) {
    const place = PLACES[(writer + n) % PLACES.length]!;
    const at = secondsAfter(now(), -((n * 211 + writer * 37) % 10_800));
    const to = `${place.block}${writer}${String(n).padStart(3, "0")}`;
    const { messageId, sid, verificationId, secret } = await insertPending(
      pool,
      { ...place, block: to.slice(0, -3), to },
      at,
    );
    const tell = (status: "queued" | "sent" | "undelivered" | "delivered", errorCode: number | null = null) =>
      recordStatus({ messageId, sid, status, errorCode, at: secondsAfter(at, 2) });
    if (n % 11 === 0) await recordRefusal(messageId, 21211, at);
    else if (n % 13 === 0) await recordNoAnswer(messageId, at);
    else {
      await tell("queued");
      await Promise.all([n % 5 === 0 ? tell("undelivered", 30003) : tell("delivered"), tell("sent")]);
      if (n % 3 > 0) await checkVerification(verificationId, secret);
      await pool.query("update message set price = -0.0075, price_unit = 'USD' where id = $1", [messageId]);
      if (n % 2 === 0) await markReported([{ messageId, at: now() }]);
    }
    await finished();
  }
}

function choice(n: number): Choice {
  const quarter = (seconds: number) =>
    new Date(Math.floor((now().getTime() + seconds * 1000) / 900_000) * 900_000);
  return {
    from: quarter(-4 * HOUR_SECONDS),
    to: quarter(900),
    tz: ["UTC", "Asia/Kathmandu"][n % 2]!,
    interval: n % 3 === 0 ? "quarter-hour" : "hour",
    by: n % 2 === 0 ? "country" : "network",
    compare: n % 4 === 0 ? "previous" : "none",
    filters: [{}, { country: ["BR"] }, { "network!": ["Claro"] }, { "country!": ["US"] }][n % 4]!,
  };
}

test("reports under writers, folders and a rebuild are a recount's of the same snapshot", async () => {
  let finished = 0;
  let folded = 0;
  let compared = 0;
  let writing = true;
  const whileWriting = async (work: (n: number) => Promise<unknown>) => {
    for (let n = 0; writing; n += 1) await work(n);
  };

  const snapshots = whileWriting(async (n) => {
    await inSnapshot(product.pool, async (client) => {
      const seen = await look(client);
      expect(await reportDifferences(choice(n), seen, nothing, now())).toEqual([]);
    });
    compared += 1;
  });

  // Another one than what is compared: a report that several ask for at once is made once, and theirs is of a snapshot.
  const range = {
    from: choice(0).from.toISOString(),
    to: secondsAfter(choice(0).to, HOUR_SECONDS).toISOString(),
  };
  let before = 0;
  const single = whileWriting(async () => {
    const { rows, totals } = await report("destinations", range);
    expect([totals, ...rows].flatMap(contradictions)).toEqual([]);
    for (const name of ["attempted", "confirmed", "errors", "unknown", "reported"]) {
      expect(rows.reduce((sum: number, row: Record<string, number>) => sum + row[name]!, 0)).toBe(
        totals[name],
      );
    }
    const { current } = await report("summary", range);
    expect(contradictions(current)).toEqual([]);
    // One country's report is of one moment, too, whatever it is made of.
    const { country: _, ...country } = await report("destinations/BR", range);
    const networks = country.networks as Record<string, number>[];
    const actions = country.actions as Record<string, number>[];
    for (const parts of [networks, actions]) {
      expect(parts.reduce((sum, row) => sum + row["attempted"]!, 0)).toBe(country["current"].attempted);
      expect(parts.reduce((sum, row) => sum + row["confirmed"]!, 0)).toBe(country["current"].confirmed);
    }
    // Nothing that was seen is ever gone.
    expect(totals.attempted).toBeGreaterThanOrEqual(before);
    expect(current.attempted).toBeGreaterThanOrEqual(totals.attempted);
    before = current.attempted;
  });

  const folds = Array.from({ length: FOLDERS }, () =>
    whileWriting(async () => {
      folded += (await foldDeltas()).deltas;
    }),
  );

  const others = Promise.all([snapshots, single, ...folds]);
  // What fails while others still write is told at the end.
  let failed = false;
  others.catch(() => (failed = true));
  // However busy the machine is, nobody writes far ahead of those who look.
  const looked = () => failed || compared >= (COMPARISONS * finished) / (WRITERS * EACH) - 1;

  let rebuilt: Promise<void> | undefined;
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    write(writer, async () => {
      finished += 1;
      if (finished === (WRITERS * EACH) / 2) rebuilt = rebuildCells();
      await until(looked);
    }),
  );
  await Promise.all(writers).finally(() => (writing = false));
  await Promise.all([others, rebuilt]);

  expect(finished).toBe(WRITERS * EACH);
  expect(folded).toBeGreaterThan(500);
  expect(compared).toBeGreaterThanOrEqual(COMPARISONS - 1);

  const seen = await look(product.pool);
  expect(seen.messages).toHaveLength(WRITERS * EACH);
  for (let n = 0; n < 4; n += 1) {
    expect(await reportDifferences(choice(n), seen, nothing, now())).toEqual([]);
  }
  expect(await verifyCells()).toEqual([]);
});
