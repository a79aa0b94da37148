import { priceOf } from "@/simulator/network/prices";

/** What a message to a number costs, in US dollars: a code is one segment. */
export function dollarsOf(number: string): number {
  return -Number(priceOf(number, 1));
}
