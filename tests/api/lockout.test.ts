/**
 * That strangers keep nobody out: whole days on a set clock, with the real database and simulator. A stranger comes first at every
 * tick, around the clock, with a new browser each time, and uses whatever is open to everybody.
 */
import { randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { beginReset, finishReset } from "@/lib/account/reset";
import { checkPassword } from "@/lib/account/password";
import { browserHash, knownBrowserHash, openSession } from "@/lib/account/session";
import { cancelVerification } from "@/lib/verification/cancel";
import { checkVerification } from "@/lib/verification/check";
import { parseRecipient, type Recipient } from "@/lib/verification/recipient";
import { resendVerification } from "@/lib/verification/resend";
import { startVerification } from "@/lib/verification/start";
import type { Asker } from "@/lib/protection/asker";
import { DAY_SECONDS, HOUR_SECONDS } from "@/lib/terms/durations";
import { useProduct } from "@/tests/support/product";

const product = useProduct();

/** Each test has days of its own, since limits remember the other's. */
let days = 0;
beforeEach(() => {
  days += 10;
  product.advance(days * DAY_SECONDS);
});

const TICK_SECONDS = 900;
/** Two days: on the second, what was used on the first becomes free again, and the strangers are there first. */
const TICKS = (2 * DAY_SECONDS) / TICK_SECONDS;
/** On the known browser every hour, on a new one at these. */
const NEW_BROWSER_HOURS = [8, 13, 20];

const aBrowser = () => browserHash(randomBytes(32).toString("base64url"));

function recipientOf(number: string): Recipient {
  const reading = parseRecipient(number);
  if (!reading.ok) throw new Error(reading.why);
  return reading.recipient;
}

/** Signs in with a code, as the login page does: `in`, or what kept one out. */
async function signIn(
  recipient: Recipient,
  { clientAddress, knownBrowser, remembered }: Asker & { remembered?: Uint8Array<ArrayBuffer> },
): Promise<string> {
  const asker = { clientAddress, knownBrowser, browser: aBrowser() };
  const sending = await startVerification({ recipient, ...asker });
  if (sending.outcome !== "sent") return sending.outcome === "refused" ? sending.problem : sending.outcome;
  const { id } = sending.verification;
  const code = await product.codeOn(recipient.number, sending.message.sid ?? undefined);
  const result = await checkVerification(id, code, "code", { ...asker, starter: { browser: asker.browser } });
  if (result.outcome !== "approved") return result.outcome === "refused" ? result.problem : result.outcome;
  const session = await openSession(id, asker.browser, null, remembered ?? knownBrowser);
  return session ? "in" : "no session";
}

/** Everything a stranger can do to a number from one address, each tick; the browser is thrown away. */
class Stranger {
  private started: { id: string; asker: Asker & { browser: Uint8Array<ArrayBuffer> } } | null = null;

  constructor(
    private readonly recipient: Recipient,
    private readonly clientAddress: string,
  ) {}

  async act(tick: number): Promise<void> {
    const { recipient, clientAddress } = this;
    const asker = { clientAddress, browser: aBrowser() };
    const sending = await startVerification({ recipient, ...asker });
    if (sending.outcome === "sent") this.started = { id: sending.verification.id, asker };
    if (this.started) {
      const { id, asker: starter } = this.started;
      // Another one each time: the same again would cost nothing.
      await checkVerification(id, String(tick).padStart(6, "0"), "code", {
        ...starter,
        starter: { browser: starter.browser },
      });
      await resendVerification(id, starter);
      if (tick % 7 === 6) await cancelVerification(id);
    }
    // Hashing a password takes longer than all the rest: now and then is as often as they are let.
    if (tick % 4 > 0) return;
    const begun = await beginReset({ recipient, ...asker });
    if (begun.outcome === "begun")
      await finishReset(begun.reset, asker, `zzzz-zzzz-${String(tick).padStart(4, "z")}`, "a new password");
    await checkPassword(recipient, "Password1", asker);
  }
}

/** Two days; how many of the owner's sign-ins were let in at once or within a minute. */
async function daysOf(addresses: number) {
  const recipient = recipientOf(product.number());
  const strangers = Array.from({ length: addresses }, (_, n) => new Stranger(recipient, `198.51.100.${n}`));
  const home = "203.0.113.50";
  const known = knownBrowserHash(uuid());
  expect(await signIn(recipient, { clientAddress: home, remembered: known })).toBe("in");
  const tally = { known: { in: 0, of: 0 }, fresh: { in: 0, of: 0 } };
  // Two act in each tick: those whose turn it is, or, for two addresses, both.
  const act = async (tick: number) => {
    for (const turn of [0, 1]) await strangers[(2 * tick + turn) % addresses]?.act(tick);
  };
  const withinAMinute = async (tick: number, attempt: () => Promise<string>) => {
    if ((await attempt()) === "in") return 1;
    product.advance(30);
    await act(tick);
    return (await attempt()) === "in" ? 1 : 0;
  };
  for (let tick = 0; tick < TICKS; tick += 1) {
    product.advance(TICK_SECONDS);
    await act(tick);
    const hour = (tick * TICK_SECONDS) / HOUR_SECONDS;
    if (!Number.isInteger(hour)) continue;
    tally.known.of += 1;
    // At a stranger's own address: a known browser is known wherever it is.
    const signInKnown = () => signIn(recipient, { clientAddress: "198.51.100.0", knownBrowser: known });
    tally.known.in += await withinAMinute(tick, signInKnown);
    if (!NEW_BROWSER_HOURS.includes(hour % 24)) continue;
    tally.fresh.of += 1;
    const signInFresh = () =>
      signIn(recipient, { clientAddress: home, remembered: knownBrowserHash(uuid()) });
    tally.fresh.in += await withinAMinute(tick, signInFresh);
  }
  return tally;
}

describe("an owner who signs in every hour on a known browser and three times a day on a new one", () => {
  test("is let in every time within a minute, with a stranger at two addresses", async () => {
    expect(await daysOf(2)).toEqual({ known: { in: 48, of: 48 }, fresh: { in: 6, of: 6 } });
  });

  test("is let in every time on the known browser, with a stranger at a hundred addresses", async () => {
    const { known, fresh } = await daysOf(100);
    console.info(`a hundred addresses: a new browser was let in ${fresh.in} times of ${fresh.of}`);
    expect(known).toEqual({ in: 48, of: 48 });
  });
});

test("a stranger's passwords keep no known browser out, and one at two addresses not even a new one", async () => {
  const recipient = recipientOf(product.number());
  const knownBrowser = knownBrowserHash(uuid());
  expect(await signIn(recipient, { remembered: knownBrowser })).toBe("in");
  const tried = async (asker: Asker) => (await checkPassword(recipient, "Password1", asker)).outcome;
  for (let hour = 0; hour < 24; hour += 1) {
    product.advance(HOUR_SECONDS);
    for (const clientAddress of ["198.51.100.1", "198.51.100.2"]) {
      for (let tries = 0; tries < 6; tries += 1) await tried({ clientAddress, browser: aBrowser() });
    }
    expect(await tried({ clientAddress: "198.51.100.1", knownBrowser })).toBe("wrong");
    if (NEW_BROWSER_HOURS.includes(hour))
      expect(await tried({ clientAddress: "203.0.113.50" })).toBe("wrong");
  }
  for (let address = 0; address < 60; address += 1) await tried({ clientAddress: `192.0.2.${address}` });
  expect(await tried({ clientAddress: "203.0.113.50" })).toBe("refused");
  expect(await tried({ clientAddress: "192.0.2.1", knownBrowser })).toBe("wrong");
});

test("passwords tried from one address for many numbers are limited", async () => {
  const outcomes: string[] = [];
  for (let tries = 0; tries < 40; tries += 1) {
    const recipient = recipientOf(product.number());
    outcomes.push((await checkPassword(recipient, "Password1", { clientAddress: "198.51.100.200" })).outcome);
  }
  expect(outcomes.filter((outcome) => outcome === "wrong").length).toBe(30);
});
