/**
 * `npm run worker`: the background loops in a process of their own, beside servers started with LOOPS=off. Several
 * workers share the work.
 */
import { disconnect } from "@/lib/db";
import { startLoops } from "@/lib/loops";
import { configuration, loadEnvFile } from "./support/env-file";
import { runUntilStopped } from "./support/lifecycle";
import { refuseOtherZone } from "./support/refuse-other-zone";

runUntilStopped(async () => {
  loadEnvFile();
  configuration();
  await refuseOtherZone();
  const loops = startLoops();
  console.log("OTP Insights works in the background.");
  return {
    close: async () => {
      await loops.stop();
      await disconnect();
    },
  };
});
