/**
 * The demo's traffic as a process of its own: `TRAFFIC` logins a second, against the app at `PORT` and the simulator at
 * `SIMULATOR_PORT`, with the first of `API_KEYS`.
 */
import { required } from "@/lib/env";
import { configuration } from "./support/env-file";
import { Fault } from "./support/fault";
import { runUntilStopped } from "./support/lifecycle";
import { startTraffic } from "../demo/traffic/traffic";

runUntilStopped(
  () => {
    const { PORT: port } = configuration();
    const rate = Number(process.env["TRAFFIC"]);
    if (!(rate > 0)) throw new Fault("TRAFFIC must be how many people sign in a second, more than 0.");
    const [apiKey = ""] = required("API_KEYS");
    const traffic = startTraffic({
      appOrigin: `http://127.0.0.1:${port}`,
      simulatorOrigin: `http://127.0.0.1:${process.env["SIMULATOR_PORT"] || 4010}`,
      apiKey,
      rate,
    });
    return Promise.resolve({ close: () => traffic.stop() });
  },
  { ignoreInterrupt: process.send !== undefined },
);
