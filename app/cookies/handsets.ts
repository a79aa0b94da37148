/**
 * Which handsets this browser holds, which of them is in hand, and since when the others were not looked at: in a cookie that
 * scripts cannot read. It goes to every page, since the phone stands beside the login too; a number is in no URL.
 */
import { now } from "@/lib/clock";
import { parseRecipient } from "@/lib/verification/recipient";
import { ownCookie } from "./own-cookie";

const HANDSETS_COOKIE = ownCookie({ name: "otp_handsets" });

/** As many as surely fit into a cookie; the one that was added first makes room. */
const MOST_HANDSETS = 40;

export interface HeldHandset {
  /** E.164. */
  number: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** When it was last put aside. */
  readAt: Date;
}

export interface HeldHandsets {
  /** In the order they were added. */
  handsets: HeldHandset[];
  /** The one in hand; undefined when there is none. */
  current: HeldHandset | undefined;
}

/** The cookie is the index of the one in hand, and digits and base-36 seconds of each: `1~447700900123.tcbg1s~12015550123.0`. */
export async function readHandsets(): Promise<HeldHandsets> {
  const [index, ...entries] = ((await HANDSETS_COOKIE.read()) ?? "").split("~");
  const handsets = entries.slice(0, MOST_HANDSETS).flatMap((entry) => {
    const [digits = "", seconds = ""] = entry.split(".");
    const reading = parseRecipient(`+${digits}`);
    if (!reading.ok || !/^[0-9a-z]{1,8}$/.test(seconds)) return [];
    const { number, country } = reading.recipient;
    return [{ number, country, readAt: new Date(Number.parseInt(seconds, 36) * 1000) }];
  });
  return { handsets, current: handsets[Number(index)] ?? handsets[0] };
}

/**
 * Takes a handset in hand, a new one or one that is held already. What has arrived on it and on the one put aside counts as
 * read.
 *
 * @param number E.164
 */
export async function rememberHandset(number: string): Promise<void> {
  const { handsets, current } = await readHandsets();
  const known = handsets.some((handset) => handset.number === number);
  const all = known ? handsets : [...handsets, { number, readAt: now() }].slice(-MOST_HANDSETS);
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000).toString(36);
  const entries = all.map((handset) => {
    const read = handset.number === number || handset.number === current?.number;
    return `${handset.number.slice(1)}.${seconds(read ? now() : handset.readAt)}`;
  });
  const index = all.findIndex((handset) => handset.number === number);
  await HANDSETS_COOKIE.write([index, ...entries].join("~"));
}
