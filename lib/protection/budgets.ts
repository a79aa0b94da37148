/**
 * How much may be done to one number within a day. What unknown askers do together is bounded for the sake of the number's owner, and
 * what one of them does for the sake of the others; a known browser's own is beyond the reach of both.
 */
import { env } from "../env";
import { DAY_SECONDS } from "../terms/durations";

/** Everything below is counted over this long, ending now. */
export const WINDOW_SECONDS = DAY_SECONDS;

/** Messages to one number. */
export function sendBudgets() {
  const together = env().MAX_MESSAGES_PER_NUMBER_DAY;
  return {
    /** Of all unknown askers of one circle: our pages, or a program. */
    together,
    /** Of one of them: so it takes three to use up what there is. */
    one: Math.max(1, Math.floor(together / 3)),
    /** Of a known browser. Who signs in every hour, and now and then asks for a second message, stays below. */
    known: together * 3,
    /** Of whoever has just given the right password. */
    afterPassword: Math.max(1, Math.floor(together / 3)),
  };
}

/** Wrong secrets for one number in a day, of all who are unknown, whatever circle they ask in: what `chanceToGuess` follows from. */
const WRONG_IN_ALL = 36;
/** Of them, those of whoever has given the right password. */
const WRONG_AFTER_PASSWORD = 3;
/** A circle has no fewer than these: whoever mistypes is to have another try. */
const FEWEST_WRONG = 4;

/** With more programs, each with the fewest wrong secrets, strangers would have more tries in all. */
export const MOST_PROGRAMS = Math.floor((WRONG_IN_ALL - WRONG_AFTER_PASSWORD) / FEWEST_WRONG) - 1;

/**
 * Wrong secrets for one number, over all its verifications. NIST SP 800-63B-4, section 3.2.2, caps consecutive failures at 100.
 *
 * Every circle has a share of its own, our pages and each program, so that strangers in one keep nobody out of another. The shares are
 * of one sum, so that guessing in all of them is no likelier.
 */
export function wrongBudgets(programs = env().API_KEYS.length) {
  const shared = Math.floor((WRONG_IN_ALL - WRONG_AFTER_PASSWORD) / (programs + 1));
  const together = Math.max(FEWEST_WRONG, shared);
  return {
    together,
    /** It takes three to use up a circle's. */
    one: Math.max(1, Math.min(5, Math.floor((together - 1) / 2))),
    known: 30,
    afterPassword: WRONG_AFTER_PASSWORD,
  };
}

/** The newest so many messages of a verification are those whose codes and temporary passwords are taken. */
export const GUESSABLE_MESSAGES = 3;

/**
 * The chance that strangers who use up their budgets of one number every day, in every circle, have guessed a code of it by the end of
 * some days; with its right password, too.
 *
 * @param digits of a code
 * @param programs how many keys there are
 * @returns 1 − (1 − p)^n, with p the chance of a single guess and n their number
 */
export function chanceToGuess(digits: number, days: number, programs?: number): number {
  const single = GUESSABLE_MESSAGES / 10 ** digits;
  const circles = (programs ?? env().API_KEYS.length) + 1;
  const { together, afterPassword } = wrongBudgets(programs);
  return 1 - (1 - single) ** ((together * circles + afterPassword) * days);
}
