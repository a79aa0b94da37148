/**
 * The built app as the benchmark's child, without the background loops: watching a history that was just loaded for drops would take
 * its turn on the same cores.
 */
import { serve } from "../../serve";
import { configuration } from "../../support/env-file";
import { runUntilStopped } from "../../support/lifecycle";

runUntilStopped(
  async () => {
    const { PORT: port } = configuration();
    return serve({ port, host: "127.0.0.1", loops: false, graceMs: 1_000 });
  },
  { ignoreInterrupt: true },
);
