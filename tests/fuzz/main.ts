/** `npm run test:fuzz -- --requests 10000 --seed 7`: what is drawn, what was answered, and what none may answer. */
import { parseArgs } from "node:util";
import { cloneTemplate, openTestServer } from "@/tests/support/test-server";
import { run, type Outcome } from "./run";

/** An answer that takes longer is a fault of a run by hand; a test says nothing of time. */
const LIMIT_MS = 1_000;

/** Faults that are written out. */
const SHOWN = 40;

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    concurrency: { type: "string", default: "2" },
  },
});

const server = await openTestServer();
try {
  const { url: databaseUrl } = await cloneTemplate(server);
  const requests = Number(values.requests);
  console.log(`${requests} requests of seed ${values.seed}, ${values.concurrency} at a time.`);
  const outcome = await run({
    databaseUrl,
    requests,
    seed: Number(values.seed),
    concurrency: Number(values.concurrency),
    progress: (done) => {
      if (done % 500 === 0) console.log(`  ${done} sent`);
    },
  });
  report(outcome);
} finally {
  await server.close();
}
process.exit();

function report({ answers, faults, leaks, slowest }: Outcome): void {
  for (const [kind, statuses] of [...answers].sort(([a], [b]) => a.localeCompare(b))) {
    const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
    console.log(`${kind.padEnd(48)} ${counts.join(", ")}`);
  }
  console.log("\nSlowest:");
  for (const { ms, kind } of slowest) console.log(`  ${ms.toFixed(0).padStart(6)} ms  ${kind}`);
  for (const { index, kind, wrongs, request } of faults.slice(0, SHOWN)) {
    console.log(`\n✗ request ${index} (${kind}): ${wrongs.join("; ")}\n${request.replace(/^/gm, "    ")}`);
  }
  for (const line of leaks.slice(0, SHOWN)) console.log(`\n✗ in the log: ${line}`);
  const slow = slowest.filter(({ ms }) => ms > LIMIT_MS);
  for (const { ms, request } of slow)
    console.log(`\n✗ took ${ms.toFixed(0)} ms\n${request.replace(/^/gm, "    ")}`);
  console.log(
    `\n${faults.length} answers that none may give, ${leaks.length} lines of the log with a secret or a whole number, ` +
      `${slow.length} of the five slowest over ${LIMIT_MS} ms.`,
  );
  if (faults.length + leaks.length + slow.length > 0) process.exitCode = 1;
}
