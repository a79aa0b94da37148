/** That all sides say the same, before any of them is timed. */
import { Fault } from "../../support/fault";
import type { Figures } from "./reports";

/** Amounts are added in different orders and types. */
const ROUNDING = 1e-6;

/** Figures that histograms give nearly: by the width of a bin they are never further off than this share. */
const NEAR = /P\d\d$/;
const BIN_WIDTH = 0.2;

/** Of fewer messages than this, the hundredth that lies beyond p99 is too few for it to be the same in two ways of interpolating. */
const ENOUGH = 2_000;

/**
 * Compares every figure that both have; percentiles need to be near.
 *
 * @returns the largest difference of a percentile, as a share; 0 without percentiles
 * @throws {Fault} naming the first figure that differs
 */
export function agree(what: string, ours: Figures, theirs: Figures): number {
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  let furthest = 0;
  for (const key of keys) {
    const [our, their] = [ours.get(key), theirs.get(key)];
    if (!our || !their) throw new Fault(`${what}: only one of the two has a row "${key}".`);
    for (const [name, figure] of Object.entries(our)) {
      if (!(name in their)) throw new Fault(`${what}: the peer has no "${name}".`);
      const [x, y] = [figure ?? 0, their[name] ?? 0];
      const off = Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y), 1e-9);
      if (NEAR.test(name)) {
        if ((our["confirmed"] ?? 0) >= ENOUGH) furthest = Math.max(furthest, off);
      } else if (off > ROUNDING) {
        throw new Fault(`${what}: ${name} of "${key}" is ${x} here and ${y} there.`);
      }
    }
  }
  if (furthest > BIN_WIDTH) throw new Fault(`${what}: a percentile is ${(furthest * 100).toFixed(0)} % off.`);
  return furthest;
}
