/** One person who logs in, through the API and the phone in their hand. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Channel } from "@/lib/terms/channels";
import { languageOf, secretIn } from "@/lib/messaging/body";
import { TEMPLATES } from "@/lib/messaging/templates";
import { MIN_SECONDS_FOR_RESEND } from "@/lib/verification/rules";
import type { Person } from "@/demo/world/person";
import { clientAddress, type Phone } from "@/demo/world/world";
import type { Random } from "@/demo/world/random";
import { openLink } from "./open-link";
import type { Pace } from "./pace";
import type { Wire } from "./wire";

export interface Surroundings {
  app: Wire;
  simulator: Wire;
  pace: Pace;
  random: Random;
}

interface Sent {
  id: string;
  messageSid: string | null;
  /** ISO 8601. */
  expiresAt: string;
}

interface HandsetMessage {
  sid: string;
  channel: Channel;
  body: string;
}

/** Wrong codes until a verification is closed; more are no use. */
const MOST_GUESSES = 20;

/** How long a handset is looked at in one call, in seconds. */
const LOOK_SECONDS = 10;
const LOOK_AGAIN_MS = 100;

/** Asks for a message. @returns undefined when none was sent. */
export async function ask(
  { app }: Pick<Surroundings, "app">,
  { number }: Pick<Phone, "number">,
  clientIp: string,
  action: Person["action"] = "code",
): Promise<Sent | undefined> {
  // A start whose answer was lost on the way is repeated under the same key, and sends no second message.
  const { status, body } = await app.call<Sent>("POST", "/api/verifications", {
    body: { to: number, action, clientIp },
    headers: { "Idempotency-Key": randomUUID() },
  });
  return status === 201 ? body : undefined;
}

/**
 * Somebody's login, from the start to its end, whatever that is.
 *
 * @throws {Unreachable} when the app or the simulator is away for too long.
 */
export async function logIn(person: Person, phone: Phone, around: Surroundings): Promise<void> {
  const sent = await ask(around, phone, clientAddress(around.random), person.action);
  if (!sent) return;
  const message = await awaitMessage(person, phone, sent, around);
  if (!message) return;
  switch (person.intent) {
    case "cancels":
      await around.pace.sleep(person.readSeconds);
      await around.app.call("DELETE", `/api/verifications/${sent.id}`);
      return;
    case "guesses":
      return guess(MOST_GUESSES, person, sent, message, around);
    case "leaves":
      if (person.putsOff === null) return;
      await untilExpiry(sent, around.pace);
      await around.pace.sleep(person.putsOff);
      return answer(person, phone, sent, message, around);
    case "finishes":
      await around.pace.sleep(person.readSeconds);
      await guess(person.slips, person, sent, message, around);
      return answer(person, phone, sent, message, around);
  }
}

/** Looks at the phone until a message is there, and asks for another one whenever patience ends. */
async function awaitMessage(person: Person, phone: Phone, sent: Sent, around: Surroundings) {
  const expiresAt = Date.parse(sent.expiresAt);
  const sids = new Set([sent.messageSid]);
  for (const patience of person.patience) {
    const message = await look(phone, sids, patience, around);
    if (message) return message;
    if (expiresAt - Date.now() < MIN_SECONDS_FOR_RESEND * 1000) break;
    const again = await around.app.call<Sent>("POST", `/api/verifications/${sent.id}/messages`);
    if (again.status === 201) sids.add(again.body.messageSid);
  }
  const left = (expiresAt - Date.now()) / 1000;
  // The persistent look again a while after the code's end: their answer then comes late.
  return look(phone, sids, left + (person.persistent ? person.readSeconds * 10 : 0), around);
}

/** The newest of these messages on the phone; undefined when none comes within so many seconds of the traffic's time. */
async function look(
  { number }: Phone,
  sids: Set<string | null>,
  seconds: number,
  { simulator, pace }: Surroundings,
) {
  const path = `/simulator/handsets/${encodeURIComponent(number)}/messages`;
  const end = Date.now() + seconds * pace.factor * 1000;
  for (let after = ""; ;) {
    // In quarters of a second, which the simulator can turn into whole milliseconds.
    const left = Math.max(0, Math.min(Math.ceil((end - Date.now()) / 250) / 4, LOOK_SECONDS));
    const { status, body } = await simulator.call<HandsetMessage[]>(
      "GET",
      `${path}?wait=${left}&after=${after}`,
    );
    const messages = status === 200 ? body : [];
    const message = messages.find(({ sid }) => sids.has(sid));
    if (message || Date.now() >= end) return message;
    // Not to be asked about again at once: an earlier login's message may lie on top, or the simulator refuse.
    after = messages[0]?.sid ?? "";
    await wait(LOOK_AGAIN_MS, undefined, { signal: pace.signal });
  }
}

async function untilExpiry({ expiresAt }: Sent, pace: Pace): Promise<void> {
  // The code's lifetime is the app's, and real at any pace.
  await wait(Math.max(0, Date.parse(expiresAt) - Date.now()), undefined, { signal: pace.signal });
}

/** Wrong tries, some seconds apart. */
async function guess(
  tries: number,
  person: Person,
  sent: Sent,
  message: HandsetMessage,
  around: Surroundings,
) {
  const secret = secretIn(message.body, message.channel);
  for (let count = 0; count < tries && secret; count += 1) {
    const answered = await submit(person, sent, mistyped(secret, count), around);
    if (answered.status !== 200 || answered.body.status !== "pending") return;
    await around.pace.sleep(around.random.between(3, 9));
  }
}

/** Another secret of the same form. */
function mistyped(secret: string, count: number): string {
  if (!/^\d+$/.test(secret)) return secret.replace(/^./, secret.startsWith("b") ? "d" : "b");
  const last = (Number(secret.at(-1)) + 1 + (count % 9)) % 10;
  return secret.slice(0, -1) + String(last);
}

async function answer(
  person: Person,
  phone: Phone,
  sent: Sent,
  message: HandsetMessage,
  around: Surroundings,
) {
  const { app, simulator, pace } = around;
  const secret = secretIn(message.body, message.channel);
  switch (person.action) {
    case "reply": {
      const yes = TEMPLATES[languageOf(null, phone.place.country)].yes[0];
      await simulator.call("POST", `/simulator/handsets/${encodeURIComponent(phone.number)}/replies`, {
        body: { body: yes },
      });
      return;
    }
    case "link":
      if (secret) await openLink(`${app.origin}/confirm?id=${secret}`, pace.signal);
      return;
    case "code":
    case "temporary_password":
      if (secret) await submit(person, sent, secret, around);
      return;
  }
}

async function submit({ action }: Person, { id }: Sent, secret: string, { app }: Surroundings) {
  const temporaryPassword = action === "temporary_password";
  const path = `/api/verifications/${id}/${temporaryPassword ? "password" : "checks"}`;
  const body = temporaryPassword
    ? { temporaryPassword: secret, newPassword: randomUUID() }
    : { code: secret };
  return app.call<{ status?: string }>("POST", path, { body });
}
