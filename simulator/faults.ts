import { ControlError } from "./controls/control-error";

/**
 * What can go wrong, in order of precedence. Requests (Messages and Feedback creation) first:
 *
 * - `hang`: the request is read, nothing is done, and no answer comes
 * - `rateLimited`: 429
 * - `serverError`: 500 or 503, nothing done
 * - `refused`: a valid message is refused with 21610; does not apply to Feedback
 * - `lostAnswer`: done, and the connection cut before the answer
 *
 * then status callbacks, each as a whole and not each of its tries:
 *
 * - `callbackLost`: never sent
 * - `callbackReorder`: sent after the message's next one; a final status has none
 * - `callbackLate`: sent several seconds late
 * - `callbackDuplicate`: sent twice, at once
 *
 * The first three come before the request is looked at, the others only strike one that would have succeeded.
 */
const NO_FAULTS = {
  hang: 0,
  rateLimited: 0,
  serverError: 0,
  refused: 0,
  lostAnswer: 0,
  callbackLost: 0,
  callbackReorder: 0,
  callbackLate: 0,
  callbackDuplicate: 0,
};

export type FaultName = keyof typeof NO_FAULTS;

/** The share, 0 to 1, of requests or callbacks that each fault strikes. */
export type FaultRates = Record<FaultName, number>;

/** Draws which faults strike. */
export class Faults {
  #rates: FaultRates = NO_FAULTS;

  constructor(private readonly random: () => number) {}

  get rates(): FaultRates {
    return { ...this.#rates };
  }

  /** Replace all rates; those left out become 0. Throws a `ControlError` naming the wrong one. */
  set(rates: unknown): void {
    this.#rates = parseFaultRates(rates);
  }

  /**
   * Those of some faults that strike. One number is drawn for each, in the order given and whatever comes out, so that
   * the same sequence of random numbers always means the same faults.
   */
  draw(names: readonly FaultName[]): ReadonlySet<FaultName> {
    return new Set(names.filter((name) => this.random() < this.#rates[name]));
  }
}

function parseFaultRates(input: unknown): FaultRates {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ControlError(422, "Faults are an object of rates from 0 to 1");
  }
  const rates: FaultRates = { ...NO_FAULTS };
  for (const [name, rate] of Object.entries(input)) {
    if (!isFaultName(name)) {
      throw new ControlError(
        422,
        `No fault is called ${JSON.stringify(name)}: ${Object.keys(NO_FAULTS).join(", ")}`,
        name,
      );
    }
    if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) {
      throw new ControlError(422, `${name} must be a number from 0 to 1`, name);
    }
    rates[name] = rate;
  }
  return rates;
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(NO_FAULTS, name);
}
