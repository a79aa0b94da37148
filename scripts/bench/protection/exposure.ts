/** What the product says that can be lost at most, in a day. */
import { z } from "zod";
import type { Stage } from "./stage";

const Exposure = z.object({
  currency: z.string().nullish(),
  perDay: z.number(),
  rows: z.array(z.object({ place: z.string(), perDay: z.number().nullable() })),
});

export type Exposure = z.output<typeof Exposure>;

/** @returns null where this product says nothing of it */
export async function readExposure(stage: Stage): Promise<Exposure | null> {
  const { status, body } = await stage.call("GET", "/api/protection/exposure");
  return status === 200 ? Exposure.parse(body) : null;
}

/** The bound of a destination, or of all together: in US dollars a day; null where it is not said. */
export function boundOf(exposure: Exposure | null, target?: string): number | null {
  if (!exposure) return null;
  if (target === undefined) return exposure.perDay;
  return exposure.rows.find(({ place }) => place === target)?.perDay ?? exposure.perDay;
}
