/**
 * `npm run insights:verify` counts all insights again from the messages and fails on any difference;
 * `npm run insights:rebuild` replaces them by what it counts, while sending goes on.
 */
import { disconnect } from "@/lib/db";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { rebuildCells, verifyCells } from "@/lib/insights/counting/rebuild";
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

async function rebuild(): Promise<void> {
  await rebuildCells(console.log);
  await foldDeltas();
  console.log("All cells are counted again.");
}

runMain(main);
