/** The least a server in Node does for an answer from the database: node:http and `SELECT 1`. */
import { createServer } from "node:http";
import { Pool } from "pg";
import { portOf } from "../../../server/closing";
import { listen } from "../../../support/listen";
import { takeOrders } from "../../support/child";

const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: 20, application_name: "plain" });
const server = createServer((_, response) => {
  pool.query("SELECT 1 AS one").then(
    ({ rows }) => {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(rows[0]));
    },
    (error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    },
  );
});
server.keepAliveTimeout = 65_000;
await listen(server, 0, "127.0.0.1");

takeOrders(() => Promise.resolve(), {
  origin: `http://127.0.0.1:${portOf(server)}`,
  close: () => pool.end(),
});
