/** Nothing was lost: what was answered is there, Twilio was told, and the insights have counted all of it. */
import type { Client } from "pg";
import { z } from "zod";
import { verifyCells } from "@/lib/insights/counting/rebuild";
import { misplacedMoments } from "@/lib/moments";
import { Fault } from "../../support/fault";
import type { Child } from "../support/child";

const Told = z.object({
  messages: z.number(),
  callbacks: z.number(),
  confirmed: z.number(),
  refused: z.array(z.string()),
});

/** What callers were answered. */
export interface Expected {
  verifications: number;
  /** Those Twilio has; of the others somebody else made up the SID. */
  messages: number;
  /** Whose secret came back, in time or late. */
  confirmed: number;
  /** Answers that nobody expected, and some of them in words. */
  failed: number;
  words: readonly string[];
}

/**
 * Compares what callers were answered with what the database and Twilio have. The apps have ended.
 *
 * @returns it in a sentence
 * @throws {Fault} naming what differs
 */
export async function checkNothingLost(
  { client, twilio }: { client: Client; twilio: Child },
  { verifications, messages, confirmed, failed, words }: Expected,
): Promise<string> {
  const told = await twilio.ask({ what: "told" }, Told);
  const kept = await counts(client);
  const faults = [
    differ("calls that were not answered as they should be", failed, 0, words.join("\n")),
    differ(
      "what Twilio could not tell us, or we it",
      told.refused.length,
      0,
      told.refused.slice(0, 5).join(", "),
    ),
    differ("verifications", kept.verifications, verifications),
    differ("messages without a SID", kept.withoutSid, 0),
    differ("messages that Twilio has", told.messages, messages),
    differ("messages that were delivered", kept.delivered, messages),
    differ("messages that were confirmed", kept.confirmed, confirmed),
    differ("feedback that was reported", kept.reported, confirmed),
    differ("messages that Twilio was told of", told.confirmed, confirmed),
    differ("moments that differ from their ids'", (await misplacedMoments()).length, 0),
    differ("cells that counting again gives otherwise", (await verifyCells(() => undefined)).length, 0),
  ].filter((fault) => fault !== "");
  if (faults.length) throw new Fault(["Something was lost:", ...faults].join("\n  "));
  return (
    `Nothing was lost: ${verifications} verifications, whose messages have a SID each, ${told.callbacks} callbacks were taken, ${confirmed} ` +
    "messages were confirmed and their feedback reported; every call was answered as it should be, and the insights are what counting again gives."
  );
}

function differ(what: string, found: number, wanted: number, words = ""): string {
  return found === wanted ? "" : `${what}: ${found}, and not ${wanted}${words && `\n${words}`}`;
}

async function counts(client: Client) {
  const { rows } = await client.query<
    Record<"verifications" | "withoutSid" | "delivered" | "confirmed" | "reported", number>
  >(
    `SELECT (SELECT count(*) FROM verification)::int AS verifications,
       (SELECT count(*) FROM message WHERE sid IS NULL)::int AS "withoutSid",
       (SELECT count(*) FROM message WHERE delivered_at IS NOT NULL)::int AS delivered,
       (SELECT count(*) FROM message WHERE confirmed_at IS NOT NULL)::int AS confirmed,
       (SELECT count(*) FROM feedback WHERE reported_at IS NOT NULL)::int AS reported`,
  );
  const [found] = rows;
  if (!found) throw new Fault("PostgreSQL did not count.");
  return found;
}
