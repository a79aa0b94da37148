/** Waiting until all has happened that follows from calls. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { z } from "zod";
import { Fault } from "../../support/fault";
import type { Child } from "../support/child";
import { OWN } from "../support/statements";

/** Nothing of what follows from calls takes longer, in milliseconds. */
const SETTLED_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** Until Twilio has told all that it has to tell, and has been told of every message that converted. */
export async function settled({ twilio, client }: { twilio: Child; client: Client }): Promise<void> {
  const deadline = performance.now() + SETTLED_MS;
  for (;;) {
    const underWay = await twilio.ask({ what: "under way" }, z.number());
    const { rows } = await client.query<{ left: string }>(
      `SELECT ${OWN} count(*) AS left FROM feedback WHERE reported_at IS NULL AND refused_at IS NULL`,
    );
    if (underWay === 0 && rows[0]?.left === "0") return;
    if (performance.now() > deadline)
      throw new Fault(
        `${underWay} messages have callbacks to come, ${rows[0]?.left} their feedback, after 60 s.`,
      );
    await sleep(LOOK_EVERY_MS);
  }
}
