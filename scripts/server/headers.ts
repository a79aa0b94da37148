import type { IncomingMessage } from "node:http";

/**
 * Headers are looked through with regular expressions, by Next and by us, and one of them (Next's, for crawlers) takes time by the
 * square of what it reads: 15 kB took a second. No browser and no crawler of note says more than this.
 */
const MOST_CHARACTERS: Readonly<Record<string, number>> = {
  "user-agent": 512,
  accept: 1_024,
  "accept-language": 1_024,
};

/** Cuts what a client says at length, before anything reads it. */
export function shortenHeaders({ headers }: IncomingMessage): void {
  for (const [name, most] of Object.entries(MOST_CHARACTERS)) {
    const value = headers[name];
    if (typeof value === "string" && value.length > most) headers[name] = value.slice(0, most);
  }
}
