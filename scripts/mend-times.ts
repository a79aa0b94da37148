/**
 * `npm run db:mend-times`: moves what sessions in another zone than UTC have stored to the moments its ids hold. Stop every app and
 * worker of before first, so that they store no more of it.
 */
import { disconnect } from "@/lib/db";
import { inWords, mendMoments, misplacedMoments } from "@/lib/moments";
import { openDatabase } from "./support/database";
import { loadEnvFile } from "./support/env-file";
import { runMain } from "./support/fault";

async function main(): Promise<void> {
  loadEnvFile();
  const database = await openDatabase();
  process.env["DATABASE_URL"] = database.url;
  try {
    await mend();
  } finally {
    await disconnect();
    await database.close();
  }
}

async function mend(): Promise<void> {
  console.log("Comparing moments with those in the ids …");
  const misplaced = await misplacedMoments();
  if (misplaced.length === 0) {
    console.log("Nothing to mend: every moment is the one in its id.");
    return;
  }
  for (const each of misplaced) console.log(inWords(each));
  console.log("Moving them …");
  const { verification, message, feedback, alert } = await mendMoments();
  console.log(
    `Moved: ${verification} verifications, ${message} messages, ${feedback} feedbacks, ${alert} findings. \`npm run insights:verify\` counts them again.`,
  );
}

runMain(main);
