/** The simulator's own controls, as the phone uses them. */
import { z } from "zod";
import { CHANNEL_NAMES } from "@/lib/terms/channels";
import type { HandsetDelivery } from "@/components/phone/phone-view";
import { required } from "@/lib/env";

/** Milliseconds for what is answered at once; a reply waits for the app's own webhook. */
const AT_ONCE = 3_000;
const REPLY = 20_000;

const Delivery = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("normal") }),
  z.object({ mode: z.literal("delayed"), seconds: z.number() }),
  z.object({ mode: z.literal("failed"), errorCode: z.number() }),
  z.object({ mode: z.literal("lost") }),
  z.object({ mode: z.literal("no-whatsapp") }),
]);

const Conversation = z.object({
  revision: z.string(),
  delivery: Delivery,
  entries: z.array(
    z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("message"),
        direction: z.enum(["received", "sent"]),
        sid: z.string(),
        channel: z.enum(CHANNEL_NAMES),
        body: z.string(),
        at: z.iso.datetime(),
      }),
      z.object({
        kind: z.literal("call"),
        sid: z.string(),
        at: z.iso.datetime(),
        webhookStatus: z.number().nullable(),
        spoken: z.array(z.string()),
      }),
    ]),
  ),
  newest: z
    .object({
      sid: z.string(),
      channel: z.enum(CHANNEL_NAMES),
      body: z.string(),
      status: z.string(),
      errorCode: z.number().nullable(),
      provideFeedback: z.boolean(),
      history: z.array(z.object({ status: z.string(), at: z.iso.datetime() })),
      feedback: z.object({ outcome: z.string(), at: z.iso.datetime() }).nullable(),
    })
    .nullable(),
});

export type SimulatedConversation = z.output<typeof Conversation>;

interface Wait {
  /** The revision that is known. */
  after: string;
  seconds: number;
  signal: AbortSignal;
}

/** A handset's conversation, at once or when it is another than is known; null when the simulator does not answer. */
export async function readConversation(number: string, wait?: Wait): Promise<SimulatedConversation | null> {
  const query = wait ? `?wait=${wait.seconds}&after=${encodeURIComponent(wait.after)}` : "";
  const overrun = AbortSignal.timeout(AT_ONCE + (wait ? wait.seconds * 1_000 : 0));
  try {
    const response = await fetch(control(number, `conversation${query}`), {
      cache: "no-store",
      signal: wait ? AbortSignal.any([wait.signal, overrun]) : overrun,
    });
    return response.ok ? Conversation.parse(await response.json()) : null;
  } catch {
    // It is not running, has just been stopped, or the browser has gone: in each case there is nothing to show.
    return null;
  }
}

export async function setDelivery(number: string, delivery: HandsetDelivery): Promise<void> {
  await ask("PUT", control(number, "delivery"), delivery, AT_ONCE);
}

/** @returns what kept the reply from the application, in words; null when it was taken */
export async function sendReply(number: string, body: string): Promise<string | null> {
  return ask("POST", control(number, "replies"), { body }, REPLY);
}

/** @returns what kept the call from the application, in words; null when it was answered */
export async function placeCall(number: string): Promise<string | null> {
  return ask("POST", control(number, "calls"), undefined, REPLY);
}

const Scenario = z.object({ name: z.string(), names: z.array(z.string()) });

export type Scenario = z.output<typeof Scenario>;

/** The simulator's scenario and those there are; null when it does not answer. */
export async function readScenario(): Promise<Scenario | null> {
  try {
    const response = await fetch(scenarioControl(), {
      cache: "no-store",
      signal: AbortSignal.timeout(AT_ONCE),
    });
    return Scenario.parse(await response.json());
  } catch {
    return null;
  }
}

export async function setScenario(name: string): Promise<void> {
  await ask("PUT", scenarioControl(), { name }, AT_ONCE);
}

const scenarioControl = () => new URL("/simulator/scenario", required("TWILIO_API_ORIGIN"));

const Answer = z.object({ error: z.string().optional(), webhookStatus: z.number().nullish() });

async function ask(method: string, url: URL, body: unknown, timeout: number): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });
    const { error, webhookStatus } = Answer.parse(await response.json());
    if (error) return `${error}.`;
    if (webhookStatus === undefined || (webhookStatus !== null && webhookStatus < 300)) return null;
    return webhookStatus === null ? "The app did not answer." : `The app answered with ${webhookStatus}.`;
  } catch {
    return "The simulator doesn’t answer.";
  }
}

function control(number: string, what: string): URL {
  const path = `/simulator/handsets/${encodeURIComponent(number)}/${what}`;
  return new URL(path, required("TWILIO_API_ORIGIN"));
}
