import { priceOf } from "@/simulator/network/prices";
import type { Phone } from "./world";

const known = new Map<string, string>();

/** What a message to a phone costs, as the simulator bills: so the history's spend goes on in the traffic's. */
export function priceFor({ place, number }: Pick<Phone, "place" | "number">, segments: number): string {
  const key = `${place.country} ${segments}`;
  const price = known.get(key) ?? priceOf(number, segments);
  known.set(key, price);
  return price;
}
