/**
 * Requests that a program may repeat.
 */
import { keyedHash } from "../../secrets";
import type { IdempotentRequest } from "../../verification/idempotency";

/**
 * What makes two requests the same one; undefined without an `Idempotency-Key`.
 *
 * @param asked all that is asked for, also what the path says
 */
export function idempotencyOf(
  headers: { "Idempotency-Key"?: string },
  apiKey: Uint8Array<ArrayBuffer>,
  asked: unknown,
): IdempotentRequest | undefined {
  const key = headers["Idempotency-Key"];
  return key === undefined
    ? undefined
    : { apiKey, key, requestHash: keyedHash("request", JSON.stringify(asked)) };
}
