/**
 * Test numbers in the configuration: numbers whose code is always the same, until a date, for those who review an app and have no phone of ours.
 */
import parsePhoneNumber from "libphonenumber-js/max";

export interface TestNumber {
  /** E.164. */
  number: string;
  code: string;
  /** The last day on which it is one, as in 2027-01-31; and when that has ended, in UTC. */
  lastDay: string;
  until: Date;
}

/** What is taken although no numbering plan assigns it: Twilio's own, and those that Ofcom reserves for films and manuals. */
const RESERVED = /^\+(1500555\d{4}|447700900\d{3})$/;

const DAY_MS = 86_400_000;

/**
 * @param text as in `+12015550100=123456@2027-01-31`, several separated by commas
 * @returns the numbers, or what is wrong and how to write it, as it goes on after the variable's name
 */
export function readTestNumbers(text: string): { numbers: TestNumber[] } | { why: string } {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  const numbers: TestNumber[] = [];
  for (const [index, entry] of entries.entries()) {
    const fault = (what: string) => ({ why: `${what} in its ${place(index)} entry` });
    const [, number, code, lastDay] = /^([^=@]*)=([^=@]*)@([^=@]*)$/.exec(entry.replace(/\s/g, "")) ?? [];
    if (number === undefined || code === undefined || lastDay === undefined)
      return fault("is not written as number=code@last day, such as +12015550100=123456@2027-01-31,");
    if (!isNumber(number))
      return fault("has no number that can get a message: write it with + and the country's code");
    if (!/^\d+$/.test(code)) return fault("has a code that is not all digits");
    const begins = dayOf(lastDay);
    if (begins === null) return fault("has no day such as 2027-01-31 after its @");
    if (numbers.some((other) => other.number === number))
      return fault("has a number a second time: name each once,");
    numbers.push({ number, code, lastDay, until: new Date(begins + DAY_MS) });
  }
  return { numbers };
}

function isNumber(text: string): boolean {
  if (RESERVED.test(text)) return true;
  const parsed = text.startsWith("+") ? parsePhoneNumber(text, { extract: false }) : undefined;
  return parsed?.number === text && parsed.isValid() && parsed.country !== undefined;
}

/** When a day begins, in epoch milliseconds; null for one that no calendar has, such as 31 February. */
function dayOf(text: string): number | null {
  const begins = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(begins) && new Date(begins).toISOString().startsWith(text) ? begins : null;
}

/** As in second: entries are not repeated, since a number and its code are nobody's to read. */
function place(index: number): string {
  return ["first", "second", "third"][index] ?? `${index + 1}th`;
}
