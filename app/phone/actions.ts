"use server";

import { notFound } from "next/navigation";
import { unusableNumber } from "@/components/login/words";
import type { HandsetState } from "@/components/phone/handset-form";
import type { AnswerState, HandsetDelivery } from "@/components/phone/phone-view";
import { textField } from "@/components/ui/text-field";
import { simulated } from "@/lib/env";
import { parseRecipient } from "@/lib/verification/recipient";
import { comeBack } from "./come-back";
import { readHandsets, rememberHandset } from "@/app/cookies/handsets";
import { placeCall, sendReply, setDelivery, setScenario } from "./simulator";

/** Takes up the handset with a number; without a country, the number is a whole one. */
export async function addHandset(_: HandsetState, form: FormData): Promise<HandsetState> {
  if (!simulated()) notFound();
  const typed = { country: textField(form, "country"), number: textField(form, "number") };
  const reading = parseRecipient(typed.number, typed.country || undefined);
  if (!reading.ok) return { typed, problem: unusableNumber(typed.number, reading.why) };
  await rememberHandset(reading.recipient.number);
  await comeBack();
  return { typed: { ...typed, number: "" }, problem: null };
}

/** Takes another of this browser's handsets in hand. */
export async function switchHandset(form: FormData): Promise<void> {
  const number = await heldNumber(form);
  if (number) await rememberHandset(number);
  await comeBack();
}

/** Sets how messages to a handset fare. */
export async function changeDelivery(form: FormData): Promise<void> {
  const number = await heldNumber(form);
  if (number) await setDelivery(number, deliveryIn(form));
  await comeBack();
}

/** Switches what happens in the demo's world. */
export async function switchScenario(form: FormData): Promise<void> {
  if (!simulated()) notFound();
  await setScenario(textField(form, "scenario"));
  await comeBack();
}

/** The handset answers by message. */
export async function replyFromHandset({ times }: AnswerState, form: FormData): Promise<AnswerState> {
  const body = textField(form, "body");
  const problem =
    body === "" ? "Type a message first." : await fromHandset(form, (number) => sendReply(number, body));
  return { problem, times: times + 1 };
}

/** The handset calls whoever wrote to it last. */
export async function callFromHandset({ times }: AnswerState, form: FormData): Promise<AnswerState> {
  return { problem: await fromHandset(form, placeCall), times: times + 1 };
}

/** Does something from the handset a form is about; @returns what kept it from being done, in words. */
async function fromHandset(
  form: FormData,
  act: (number: string) => Promise<string | null>,
): Promise<string | null> {
  const number = await heldNumber(form);
  const problem = number ? await act(number) : "This browser has put that handset away. Reload the page.";
  if (!problem) await comeBack();
  return problem;
}

/** The handset a form is about: null when this browser does not hold it, for what others do is not for it to meddle with. */
async function heldNumber(form: FormData): Promise<string | null> {
  if (!simulated()) notFound();
  const number = textField(form, "handset");
  const { handsets } = await readHandsets();
  return handsets.some((handset) => handset.number === number) ? number : null;
}

/** The form sends all its fields; the simulator takes those of the mode, and refuses what makes no sense. */
function deliveryIn(form: FormData): HandsetDelivery {
  const mode = textField(form, "mode");
  if (mode === "delayed") return { mode, seconds: Number(textField(form, "seconds")) };
  if (mode === "failed") return { mode, errorCode: Number(textField(form, "errorCode")) };
  return mode === "lost" || mode === "no-whatsapp" ? { mode } : { mode: "normal" };
}
