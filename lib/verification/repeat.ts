/**
 * Repeated requests: an `Idempotency-Key` starts one verification, however often the request comes.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { now, secondsAfter } from "../clock";
import { db } from "../db";
import type { Refusal } from "../errors";
import { IDEMPOTENCY_SECONDS } from "./rules";
import { sendOutcome, type Sent, type SendFault } from "./send-message";

/** What makes two requests the same one. */
export interface IdempotentRequest {
  /** Digest of the API key: each key's holder has idempotency keys of its own. */
  apiKey: Uint8Array<ArrayBuffer>;
  key: string;
  /** Keyed hash of what was asked. */
  requestHash: Uint8Array<ArrayBuffer>;
}

/** A repeat waits this long, in looks of a fifth of a second, for the first request's answer before it is told to come back. */
const LOOKS = 10;
const LOOK_EVERY_MS = 200;

/**
 * The answer to a repeat of an earlier request; null when the key is new.
 *
 * While the first request is being sent, this waits for its answer for a moment, since most sends take less; then it is a
 * `request_in_flight`.
 */
export async function findRepeat(request: IdempotentRequest): Promise<Sent | SendFault | Refusal | null> {
  const earlier = await findByKey(request);
  if (!earlier) return null;
  if (!earlier.sameRequest) {
    return {
      problem: "idempotency_key_reused",
      detail: "This Idempotency-Key came with another body before. Use a new key for a new request.",
    };
  }
  for (let look = 1; ; look += 1) {
    const outcome = await sendOutcome(earlier.id);
    const inFlight = "problem" in outcome && outcome.problem === "request_in_flight";
    if (!inFlight || look === LOOKS) return outcome;
    await sleep(LOOK_EVERY_MS);
  }
}

/** One statement: lets go of a key that is too old to count, and finds the verification it started otherwise. */
async function findByKey(request: IdempotentRequest) {
  const forgotten = secondsAfter(now(), -IDEMPOTENCY_SECONDS);
  const [row] = await db().$queryRaw<{ id: string; sameRequest: boolean }[]>`
    with let_go as (
      update verification set idempotency_key = null
      where api_key = ${request.apiKey}::bytea and idempotency_key = ${request.key}
        and created_at <= ${forgotten}::timestamptz
    )
    select id, request_hash = ${request.requestHash}::bytea as "sameRequest"
    from verification
    where api_key = ${request.apiKey}::bytea and idempotency_key = ${request.key}
      and created_at > ${forgotten}::timestamptz`;
  return row;
}
