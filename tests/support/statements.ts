/**
 * The statements a program sends, as PostgreSQL logs them: the server is asked to log every statement of a connection to that
 * connection too, and what comes back is listened to on its way.
 */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface StatementLog {
  /** The database's address through this. */
  readonly url: string;
  /** What was logged since the last call. */
  take(): string[];
  close(): Promise<void>;
}

/** A field of a notice with what `log_statement` writes: `statement: …`, or `execute <name>: …` where it was prepared. */
const LOGGED = /\0M(?:statement|execute [^:]*): ([^\0]*)\0/g;

/** What each connection begins with: it is no request's, and only the first one of a test meets it. */
const SETS_UP = "set time zone 'UTC'";

/** Opens a way to a database on which its statements are logged. Its role must be allowed to ask for that. */
export async function logStatements(databaseUrl: string): Promise<StatementLog> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const answers: (() => string)[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let heard = "";
    upstream.on("data", (chunk) => (heard += chunk.toString("latin1")));
    answers.push(() => {
      const before = heard;
      // What has not come whole yet is taken the next time; an answer that was waited for has.
      heard = "";
      return before;
    });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  url.searchParams.set("options", "-c log_statement=all -c client_min_messages=log");
  return {
    url: url.href,
    take: () =>
      answers
        .flatMap((answer) => [...answer().matchAll(LOGGED)].map(([, statement = ""]) => statement.trim()))
        .filter((statement) => statement !== SETS_UP),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
