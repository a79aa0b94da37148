/**
 * `npm run insights:verify` compares every moment with the one in its id, counts all insights again from the messages, and fails on
 * any difference;
 * `npm run insights:rebuild` replaces them by what it counts, while sending goes on.
 */
import { disconnect } from "@/lib/db";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { rebuildCells, verifyCells } from "@/lib/insights/counting/rebuild";
import { inWords, misplacedMoments } from "@/lib/moments";
import { openDatabase } from "./support/database";
import { loadEnvFile } from "./support/env-file";
import { Fault, runMain } from "./support/fault";

const WORK: Record<string, () => Promise<void>> = { verify, rebuild };

async function main(): Promise<void> {
  const work = WORK[process.argv[2] ?? ""];
  if (!work) throw new Fault(`Say which: ${Object.keys(WORK).join(" or ")}.`);
  loadEnvFile();
  const database = await openDatabase();
  process.env["DATABASE_URL"] = database.url;
  try {
    await work();
  } finally {
    await disconnect();
    await database.close();
  }
}

async function verify(): Promise<void> {
  await verifyMoments();
  const differences = await verifyCells(console.log);
  for (const { cell, counted, found } of differences) {
    console.error(`\n${cell}\n  counted again: ${counted}\n  found:         ${found}`);
  }
  if (differences.length > 0) {
    throw new Fault(
      `\nThe insights differ in ${differences.length} cells or more. \`npm run insights:rebuild\` counts all of them again.`,
    );
  }
  console.log("Every cell is what counting again gives.");
}

/** Cells and messages that are stored wrong together agree: the moments are compared with what says them otherwise. */
async function verifyMoments(): Promise<void> {
  console.log("Comparing moments with those in the ids …");
  const misplaced = await misplacedMoments();
  for (const each of misplaced) console.error(inWords(each));
  if (misplaced.length > 0) {
    throw new Fault(
      "\nSessions of the database were not in UTC. `npm run db:mend-times` moves what they stored.",
    );
  }
}

async function rebuild(): Promise<void> {
  await rebuildCells(console.log);
  await foldDeltas();
  console.log("All cells are counted again.");
}

runMain(main);
