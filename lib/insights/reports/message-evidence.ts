/**
 * What shows how one message came to be what it is: the checks of its verification and Twilio's callbacks.
 */
import type { CheckVerdict } from "../../terms/statuses";
import { read } from "../asking/read";

export interface EvaluatedCheck {
  at: Date;
  verdict: CheckVerdict;
  /** The message whose secret it was; null of a wrong one. */
  messageId: string | null;
}

export interface ReceivedCallback {
  receivedAt: Date;
  /** As Twilio posted them; of the recipient's number the last three digits are masked, unless it is for who may know it. */
  parameters: Record<string, string>;
}

export interface MessageEvidence {
  /** Evaluated checks of its verification, the first one first. */
  checks: EvaluatedCheck[];
  callbacks: ReceivedCallback[];
}

/** Some more than any message has. */
const MOST_ROWS = 100;

/**
 * @param id the message's
 * @param whole whether it is for operators, on their page: others are told neither the whole number nor the account
 */
export async function readMessageEvidence(
  id: string,
  { whole }: { whole: boolean },
): Promise<MessageEvidence> {
  const checks = await read<EvaluatedCheck[]>`
    select c.at, c.verdict, c.message_id as "messageId"
    from evaluated_check c join message m on m.verification_id = c.verification_id
    where m.id = ${id}::uuid order by c.at, c.id limit ${MOST_ROWS}::int`;
  const found = await read<(ReceivedCallback & { number: string; block: string })[]>`
    select c.received_at as "receivedAt", c.parameters, v."to" as number, m.block
    from status_callback c join message m on m.id = c.message_id join verification v on v.id = m.verification_id
    where m.id = ${id}::uuid order by c.received_at, c.digest limit ${MOST_ROWS}::int`;
  const callbacks = found.map(({ receivedAt, parameters, number, block }) => ({
    receivedAt,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        whole ? withNumber(value, { number, block }) : forReaders(name, value),
      ]),
    ),
  }));
  return { checks, callbacks };
}

/** With the number, until that is redacted to its block. */
function withNumber(value: string, { number, block }: { number: string; block: string }): string {
  return number === block ? value : value.replaceAll(`${block.slice(1)}•••`, number.slice(1));
}

/** The account's SID is nobody's business but its owner's. */
function forReaders(name: string, value: string): string {
  return name === "AccountSid" ? `${value.slice(0, 2)}…` : value;
}
