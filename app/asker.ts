import type { Asker } from "@/lib/protection/asker";
import { readClientAddress } from "./client-address";
import { currentBrowser } from "./cookies/browser";
import { knownBrowser } from "./cookies/known-browser";

/** Who sent this form, as far as limits count. */
export async function readAsker(): Promise<Asker> {
  const [clientAddress, browser, known] = await Promise.all([
    readClientAddress(),
    currentBrowser(),
    knownBrowser(),
  ]);
  return { clientAddress, browser: browser ?? undefined, knownBrowser: known };
}
