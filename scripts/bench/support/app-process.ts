/**
 * The built app as the benchmark's child. The background loops are off unless it is told otherwise: watching a history that was just loaded for
 * drops would take its turn on the same cores.
 */
import { serve } from "../../serve";
import { configuration } from "../../support/env-file";
import { runUntilStopped } from "../../support/lifecycle";

runUntilStopped(
  async () => {
    const { PORT: port, LOOPS } = configuration();
    return serve({ port, host: "127.0.0.1", loops: LOOPS === "on", graceMs: 1_000 });
  },
  { ignoreInterrupt: true },
);
