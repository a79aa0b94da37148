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
    /** Of all unknown askers. */
    together,
    /** Of one of them: so it takes three to use up what there is. */
    one: Math.max(1, Math.floor(together / 3)),
    /** Of a known browser. Who signs in every hour, and now and then asks for a second message, stays below. */
    known: together * 3,
  };
}

/**
 * Wrong secrets for one number, over all its verifications. NIST SP 800-63B-4, section 3.2.2, caps consecutive failures at 100.
 *
 * The chance that strangers guess a number's code within a year follows from `together` and `GUESSABLE_MESSAGES`; see
 * `chanceToGuess`.
 */
export const WRONG_BUDGETS = { together: 30, one: 5, known: 30 };

/** The newest so many messages of a verification are those whose codes and temporary passwords are taken. */
export const GUESSABLE_MESSAGES = 3;

/**
 * The chance that strangers who use up their budget of one number every day have guessed a code of it by the end of some days.
 *
 * @param digits of a code
 * @returns 1 − (1 − p)^n, with p the chance of a single guess and n their number
 */
export function chanceToGuess(digits: number, days: number): number {
  const single = GUESSABLE_MESSAGES / 10 ** digits;
  return 1 - (1 - single) ** (WRONG_BUDGETS.together * days);
}
