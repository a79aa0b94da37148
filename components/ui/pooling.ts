/**
 * Which buckets of a series have a rate, and which have one only together.
 */
import { LOW_SAMPLE } from "@/lib/terms/limits";

export interface Tallied {
  attempted: number;
  confirmed: number;
  /** Whether it is not to be taken together with the one before: something happened between them. */
  apart?: boolean;
}

export interface Pool extends Omit<Tallied, "apart"> {
  /** The buckets it is of, by index, both included: one, where that has enough messages. */
  first: number;
  last: number;
}

/**
 * A bucket with enough messages is one by itself. Thin ones are taken together among themselves until they are enough, since a quiet night's few
 * messages would look like an outage; never over an empty stretch, nor over what sets them apart. What is left over belongs to those right
 * before it, if they are thin ones, too; else it has no rate.
 */
export function pooled(buckets: readonly Tallied[]): Pool[] {
  const pools: Pool[] = [];
  let open: Pool | null = null;
  const close = () => {
    const last = pools.at(-1);
    if (open && last?.last === open.first - 1 && isThin(last, buckets)) {
      const apart = buckets[open.first]?.apart ?? false;
      if (!apart) pools[pools.length - 1] = joined(last, open);
    }
    open = null;
  };
  buckets.forEach(({ attempted, confirmed, apart = false }, i) => {
    const own: Pool = { first: i, last: i, attempted, confirmed };
    if (apart || attempted === 0 || attempted >= LOW_SAMPLE) close();
    if (attempted === 0) return;
    if (attempted >= LOW_SAMPLE) {
      pools.push(own);
      return;
    }
    open = open ? joined(open, own) : own;
    if (open.attempted < LOW_SAMPLE) return;
    pools.push(open);
    open = null;
  });
  close();
  return pools;
}

function isThin({ first }: Pool, buckets: readonly Tallied[]): boolean {
  return (buckets[first]?.attempted ?? 0) < LOW_SAMPLE;
}

function joined(a: Pool, b: Pool): Pool {
  return {
    first: a.first,
    last: b.last,
    attempted: a.attempted + b.attempted,
    confirmed: a.confirmed + b.confirmed,
  };
}
