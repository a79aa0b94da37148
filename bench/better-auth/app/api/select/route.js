/** What Next and one round trip to the database take. */
import { pool } from "../../../pool.js";

export const dynamic = "force-dynamic";

export async function GET() {
  const { rows } = await pool.query("SELECT 1 AS one");
  return Response.json(rows[0]);
}
