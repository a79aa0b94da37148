/**
 * What an `Idempotency-Key` stands for, whatever it comes with.
 */
import { now, secondsAfter } from "../clock";
import { refusal, type Refusal } from "../errors";
import { IDEMPOTENCY_SECONDS } from "./rules";

/** What makes two requests the same one. */
export interface IdempotentRequest {
  /** Digest of the API key: each key's holder has idempotency keys of its own. */
  apiKey: Uint8Array<ArrayBuffer>;
  key: string;
  /** Keyed hash of what was asked. */
  requestHash: Uint8Array<ArrayBuffer>;
}

/** What came until then counts no more. */
export function forgottenBefore(): Date {
  return secondsAfter(now(), -IDEMPOTENCY_SECONDS);
}

/** The refusal of a key that came with another request before. */
export function keyReused(): Refusal {
  return refusal("idempotency_key_reused", {
    detail: "This Idempotency-Key came with another request before. Use a new key for a new request.",
  });
}
