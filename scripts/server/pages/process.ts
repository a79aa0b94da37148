/**
 * The process of the pages: Next, and with it all that reads much, which are the reports. The server in front has looked at every request, and
 * passes them on; whoever else connects is hung up on.
 */
import { createServer } from "node:http";
import next from "next";
import { z } from "zod";
import { CLIENT_ADDRESS_HEADER } from "@/lib/client-address";
import { disconnect } from "@/lib/db";
import { addressSubject } from "@/lib/protection/asker";
import { whileServing } from "@/lib/served";
import { listen } from "../../support/listen";
import { runUntilStopped } from "../../support/lifecycle";
import { closeServer, portOf } from "../closing";
import { compress } from "../compress";
import { fastLane } from "../fast-lane";
import { logWhatIsPrinted, uncaughtException } from "../faults";
import { settleRawHeaders } from "../request-headers";
import { servedTo } from "../served-to";
import { isApi, isReport, rawPath } from "../target";
import { ORDER_VARIABLE, TOKEN_HEADER } from "./passing-on";

/** What it is told when it is started: the address of the server in front, and the token by which it knows it. */
export const Order = z.object({ host: z.string(), port: z.number(), token: z.string(), graceMs: z.number() });

async function start() {
  const { host, port, token, graceMs } = Order.parse(JSON.parse(process.env[ORDER_VARIABLE] ?? ""));
  const server = createServer({ requireHostHeader: false });
  // The server in front has time-outs of its own, and opens and closes connections as it needs them.
  Object.assign(server, { headersTimeout: 0, requestTimeout: 0, keepAliveTimeout: 0 });
  const app = next({ dev: false, hostname: host, port, httpServer: server });
  await app.prepare();
  const { answer: reports } = fastLane(isReport);
  const handle = app.getRequestHandler();
  server.on("request", (request, response) => {
    if (request.headers[TOKEN_HEADER] !== token) return void request.destroy();
    Reflect.deleteProperty(request.headers, TOKEN_HEADER);
    settleRawHeaders(request);
    const from = addressSubject(String(request.headers[CLIENT_ADDRESS_HEADER]));
    const answer = isApi(rawPath(request.url)) ? reports : handle;
    compress(request, response, () => {
      void whileServing(servedTo(response, from), () => answer(request, response));
    });
  });
  await listen(server, 0, "127.0.0.1");
  const printAgain = logWhatIsPrinted();
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    failed: uncaughtException(),
    close: async () => {
      await closeServer(server, graceMs);
      await app.close();
      await disconnect();
      printAgain();
    },
  };
}

runUntilStopped(start, { ignoreInterrupt: true });
