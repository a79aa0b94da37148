/** The database is lost while a message is being sent: Twilio may have it, so nobody may be told to send again. */
import { connect, createServer, type Server, type Socket } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "@/scripts/support/ports";
import { createSimulator, type Simulator } from "@/simulator/server";
import { AppProcess } from "@/tests/support/app-process";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { until } from "@/tests/support/until";

let database: TestDatabase;
let pool: pg.Pool;
let cable: Cable;
let simulator: Simulator;
let app: AppProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
  cable = await Cable.to(new URL(database.url));
  simulator = createSimulator({ pace: 0.01 });
  app = await AppProcess.prepare({ databaseUrl: cable.url, twilioOrigin: await simulator.listen(0) });
  await app.start();
});

afterAll(async () => {
  await app?.kill();
  await simulator?.close();
  cable?.cut();
  await pool?.end();
  await database?.drop();
});

/** The way to the database, which can be cut and mended. */
class Cable {
  private readonly sockets = new Set<Socket>();
  private server?: Server;

  private constructor(
    private readonly target: URL,
    private readonly port: number,
  ) {}

  static async to(target: URL): Promise<Cable> {
    const cable = new Cable(target, await freePort());
    await cable.mend();
    return cable;
  }

  get url(): string {
    const url = new URL(this.target);
    url.port = String(this.port);
    return url.href;
  }

  async mend(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(Number(this.target.port), this.target.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => [near, far].forEach((end) => end.destroy()));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, "127.0.0.1", resolve));
  }

  cut(): void {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }
}

test("a send whose record is lost is a send_unknown with the id, other calls a 503; both recover", async () => {
  simulator.setFaults({ hang: 1 });
  const sending = app.call("POST", "/api/verifications", { to: "+14155550142" });
  await until(async () => {
    const { rows } = await pool.query("select from message");
    return rows.length > 0;
  });
  cable.cut();

  const other = await app.call("POST", "/api/verifications", { to: "+14155550143" });
  expect(other).toMatchObject({ status: 503, body: { code: "unavailable" } });
  const { status, body } = (await sending) as { status: number; body: { verification: { id: string } } };
  expect(status).toBe(504);
  expect(body).toMatchObject({
    code: "send_unknown",
    verification: { to: "+14155550142", messageSid: null },
  });

  simulator.setFaults({});
  await cable.mend();
  await until(async () => {
    const read = await app.call("GET", `/api/verifications/${body.verification.id}`);
    return read.status === 200;
  });
});
