/**
 * What the decision costs: starts through the handlers, in alternating rounds with it and without. Without, its functions answer at once, nothing
 * is counted of confirmations, and no decision is kept; all the rest of a start is the same statement.
 */
import type { Client } from "pg";
import { MINUTE } from "@/lib/terms/durations";
import { Fault } from "../../support/fault";
import type { Stage } from "./stage";

export interface Cost {
  at: number;
  /** Milliseconds of a start, of each round. */
  with: number[];
  without: number[];
}

const ROUNDS = 9;
const STARTS = 240;

const PREPARE = `
CREATE FUNCTION keep_nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER keep_nothing BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION keep_nothing();`;

const WITHOUT = `
CREATE OR REPLACE FUNCTION protect(at timestamptz, number text, country text, network text, block text, address text, line_type text,
  OUT verdict text, OUT exempt boolean, OUT first boolean, OUT fired jsonb, OUT figures jsonb, OUT wait int, OUT blocked boolean)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  verdict := 'allowed'; exempt := false; first := false; fired := '[]'; figures := '{}'; wait := 1; blocked := false;
END $$;
CREATE OR REPLACE FUNCTION count_sent(at timestamptz, country text, network text, block text, address text, exempt boolean, first boolean)
RETURNS void LANGUAGE plpgsql VOLATILE AS $$ BEGIN END $$;
ALTER TABLE message DISABLE TRIGGER message_exposure;
ALTER TABLE decision ENABLE TRIGGER keep_nothing;`;

/** @param tell is called after each pair of rounds */
export async function measureCost(
  stage: Stage,
  client: Client,
  connections: number,
  tell: (round: number) => void,
): Promise<Cost> {
  const { rows } = await client.query<{ text: string }>(
    "SELECT pg_get_functiondef(oid) AS text FROM pg_proc WHERE proname IN ('protect', 'count_sent') ORDER BY 1",
  );
  const real = `${rows.map(({ text }) => text).join(";\n")};
    ALTER TABLE message ENABLE TRIGGER message_exposure; ALTER TABLE decision DISABLE TRIGGER keep_nothing;`;
  const { rows: prepared } = await client.query("SELECT 1 FROM pg_proc WHERE proname = 'keep_nothing'");
  if (prepared.length === 0) await client.query(PREPARE);
  const cost: Cost = { at: connections, with: [], without: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    // Whoever comes second has the warmer caches: in turns.
    const sides = [true, false];
    if (round % 2 === 1) sides.reverse();
    for (const isWith of sides) {
      await client.query(isWith ? real : WITHOUT);
      const took = await starts(stage, connections, 2 * round + Number(isWith));
      // The first of each has statements to prepare and plans to make.
      if (round > 0) cost[isWith ? "with" : "without"].push(took);
    }
    tell(round + 1);
  }
  await client.query(real);
  return cost;
}

let serial = 0;
let minutes = 0;

/** @returns milliseconds of a start */
async function starts(stage: Stage, connections: number, round: number): Promise<number> {
  // What is in flight of the round before is over.
  stage.setTime((minutes += 5) * MINUTE);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let n = 0; n < STARTS / connections; n += 1) {
        serial += 1;
        const to = `+55119${String(10_000 + (serial % 80_000))}${String(serial % 1000).padStart(3, "0")}`;
        const clientIp = `10.${round}.${serial >> 8}.${serial & 255}`;
        const { status } = await stage.call("POST", "/api/verifications", { to, clientIp });
        if (status !== 201) throw new Fault(`A start was answered with ${status}.`);
      }
    }),
  );
  return (performance.now() - began) / STARTS;
}
