/**
 * The numbers of `OPERATORS`: who may see the dashboard where it is closed, and change what protects the sender.
 */
import { env, type Env } from "../env";
import { parseRecipient } from "../verification/recipient";

/** Read once of each configuration: they are asked for at every request. */
const read = new WeakMap<Env, string[]>();

/** In E.164. */
export function operatorNumbers(): string[] {
  const configuration = env();
  const known = read.get(configuration);
  if (known) return known;
  const numbers = configuration.OPERATORS.flatMap((text) => {
    const reading = parseRecipient(text);
    return reading.ok ? [reading.recipient.number] : [];
  });
  read.set(configuration, numbers);
  return numbers;
}

/** The places in the list, from 1, of what is no number that gets texts: nobody can sign in with it. */
export function unreadableOperators(texts: readonly string[]): number[] {
  return texts.flatMap((text, index) => (parseRecipient(text).ok ? [] : [index + 1]));
}

/** @param number E.164 */
export function isOperatorNumber(number: string): boolean {
  return operatorNumbers().includes(number);
}
