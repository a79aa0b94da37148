/**
 * Hashing of passwords. Each takes 50 ms of a processor and 19 MB, which is what makes guessing slow, and what anybody could take a process's
 * whole time with: so two at once are worked on, some wait in line, and others are told to come back.
 */
import { hash, verify, type Options } from "@node-rs/argon2";
import { refusal } from "../errors";
import { processState } from "../process-state";

/** Argon2id, with the parameters that OWASP names first: 19 MiB, two passes, one lane. */
const PARAMETERS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const AT_ONCE = 2;

/** As many as are done within two seconds. */
const MOST_WAITING = 80;

/** Why a password is not looked at now. Nothing has been counted. */
export const HASHING_BUSY = refusal("unavailable", {
  retryAfter: 2,
  detail: "Too many passwords are being looked at. Try again in a moment.",
});

const hashing = processState("hashing", () => ({ busy: 0, line: new Array<() => void>() }));

/** Whether who came now would have to wait too long. */
export function isHashingBusy(): boolean {
  return hashing.line.length >= MOST_WAITING;
}

export function hashPassword(password: string): Promise<string> {
  return inLine(() => hash(password, PARAMETERS));
}

export function isPasswordOf(known: string, password: string): Promise<boolean> {
  return inLine(() => verify(known, password));
}

async function inLine<T>(work: () => Promise<T>): Promise<T> {
  if (hashing.busy < AT_ONCE) hashing.busy += 1;
  else await new Promise<void>((resolve) => hashing.line.push(resolve));
  try {
    return await work();
  } finally {
    // The place is the next one's.
    const next = hashing.line.shift();
    if (next) next();
    else hashing.busy -= 1;
  }
}
