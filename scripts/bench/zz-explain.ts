import { readFileSync, writeFileSync } from "node:fs";
import { setEnv } from "@/lib/env";
import { db, disconnect } from "@/lib/db";
import { setClock } from "@/lib/clock";
import { Client } from "pg";
import { countsOnly, wholeAnswer, REPORTS } from "@/scripts/bench/insights/reports";
import { timesOf, timed } from "@/scripts/bench/insights/measure";
import { roundOutward } from "@/lib/insights/range";
const url = readFileSync("/tmp/benchdev.url", "utf8");
setEnv({ DATABASE_URL: url });
const until = new Date(process.argv[2] ?? Date.now());
setClock(() => until);
const range = { ...roundOutward(new Date(until.getTime() - 90 * 86400e3), until), tz: "UTC" };
const c = new Client({ connectionString: url });
await c.connect();
const plans: string[] = [];
for (const r of REPORTS)
  for (const [name, f] of [
    ["counts", () => countsOnly(r, range)],
    ["whole", () => wholeAnswer(r, range)],
    ["whole+prev", () => wholeAnswer(r, range, "previous")],
  ] as const) {
    const ts: number[] = [];
    for (let i = 0; i < 25; i++) {
      const t = await timed(f);
      if (i > 4) ts.push(t);
    }
    const t = timesOf(ts);
    console.log(r, name, t.median.toFixed(2), t.low.toFixed(2), t.high.toFixed(2));
    if (name !== "whole+prev") {
      const real = (db() as any).$queryRaw;
      const calls: any[] = [];
      const fake = function (this: any, ...a: any[]) {
        calls.push(a);
        return real.apply(db(), a);
      };
      Object.defineProperty(db(), "$queryRaw", { value: fake, configurable: true, writable: true });
      await f();
      Object.defineProperty(db(), "$queryRaw", { value: real, configurable: true, writable: true });
      const { Prisma } = await import("@/prisma/generated/client");
      for (const [s, ...v] of calls) {
        const q = Prisma.sql(s, ...v);
        const pgq = { text: "EXPLAIN (ANALYZE, BUFFERS) " + q.text, values: q.values as any[] };
        let out: any;
        for (let i = 0; i < 2; i++) out = await c.query(pgq);
        plans.push(
          `=== ${r} ${name} params ${q.values.length} length ${q.text.length}\n` +
            out.rows.map((x: any) => x["QUERY PLAN"]).join("\n"),
        );
      }
    }
  }
writeFileSync("/tmp/plans.txt", plans.join("\n\n"));
await c.end();
await disconnect();
