/** Clients that do not read what they asked for. */
import { createServer, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { endStalledAnswers } from "@/scripts/server/stalled-answers";
import { until } from "@/tests/support/until";

const STALLED_AFTER_MS = 300;

let server: Server;
let client: Socket;

afterEach(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
});

/** Asks a server that bounds stalled answers, over a connection of which nothing is read until it is told to. */
async function ask(
  answer: (response: ServerResponse) => void,
): Promise<{ gone: () => boolean; read: () => string }> {
  let [gone, read] = [false, ""];
  server = createServer((_, response) => {
    response.once("close", () => (gone = true));
    answer(response);
  });
  endStalledAnswers(server, STALLED_AFTER_MS);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  client = connect(port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
  client.on("error", () => undefined);
  client.pause();
  return {
    gone: () => gone,
    read: () => {
      if (client.isPaused()) client.on("data", (chunk: Buffer) => (read += chunk.toString())).resume();
      return read;
    },
  };
}

/** Writes on and on, as fast as it is taken. */
function writeForEver(response: ServerResponse): void {
  const chunk = "x".repeat(65_536);
  const write = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", write);
  write();
}

test("a client that does not read its answer is given up", async () => {
  const { gone } = await ask(writeForEver);
  expect(await until(gone)).toBe(true);
});

test("one that reads, and one that waits for what has not been written yet, are not", async () => {
  const reading = await ask(writeForEver);
  const begun = performance.now();
  await until(() => reading.read().length > 0 && performance.now() - begun > 3 * STALLED_AFTER_MS);
  expect(reading.gone()).toBe(false);
  client.destroy();
  server.closeAllConnections();
  server.close();

  let end: (() => void) | undefined;
  const waiting = await ask((response) => {
    response.write("first,");
    end = () => response.end("last");
  });
  await until(() => waiting.read().includes("first,"));
  const since = performance.now();
  await until(() => performance.now() - since > 3 * STALLED_AFTER_MS);
  end?.();
  await until(() => waiting.read().includes("last"));
});
