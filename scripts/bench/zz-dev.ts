import { Client } from "pg";
import { writeFileSync } from "node:fs";
import { openTemporaryPostgres } from "@/scripts/bench/insights/temporary-postgres";
import { growHistory, prepareHistory, vacuum } from "@/scripts/bench/insights/history";
import { setEnv } from "@/lib/env";
import { disconnect } from "@/lib/db";
import { rebuildCells } from "@/lib/insights/rebuild";
const t0 = Date.now();
const say = (s: string) => console.log(((Date.now() - t0) / 1000).toFixed(1), s);
const n = Number(process.argv[2]);
const pg = await openTemporaryPostgres();
say(pg.description);
say(pg.url);
writeFileSync("/tmp/benchdev.url", pg.url);
const c = new Client({ connectionString: pg.url });
await c.connect();
try {
  await prepareHistory(c);
  say("prepared");
  await growHistory(c, { from: 0, to: n, until: new Date() }, say);
  setEnv({ DATABASE_URL: pg.url, CODE_TTL_SECONDS: "600" });
  await rebuildCells(say);
  await disconnect();
  say("rebuilt");
  await vacuum(c);
  say("vacuumed");
} catch (e) {
  console.error(e);
}
await c.end();
process.on("SIGTERM", () => void pg.remove().then(() => process.exit(0)));
setInterval(() => {}, 1000);
