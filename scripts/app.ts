/** The app as the demo's child: on loopback only, told to stop by its parent. `--dev` serves the sources. */
import { serve } from "./serve";
import { configuration } from "./support/env-file";
import { runUntilStopped } from "./support/lifecycle";

/** Ctrl-C in the demo should not wait for an open handset page. */
const GRACE_MS = 2_000;

runUntilStopped(
  async () => {
    const { PORT: port } = configuration();
    const dev = process.argv.includes("--dev");
    // The one who reads the pages is at this machine, and the browser has work to do, too.
    return serve({ port, host: "127.0.0.1", dev, localOnly: true, niceness: 0, graceMs: GRACE_MS });
  },
  { ignoreInterrupt: process.send !== undefined },
);
