/** The app as the demo's child: on loopback only, told to stop by its parent. `--dev` serves the sources. */
import { env } from "@/lib/env";
import { serve } from "./serve";
import { runUntilStopped } from "./support/lifecycle";

/** Ctrl-C in the demo should not wait for an open handset page. */
const GRACE_MS = 2_000;

const port = env().PORT;
runUntilStopped(
  () => serve({ port, host: "127.0.0.1", dev: process.argv.includes("--dev"), graceMs: GRACE_MS }),
  { ready: { origin: `http://localhost:${port}` }, ignoreInterrupt: process.send !== undefined },
);
