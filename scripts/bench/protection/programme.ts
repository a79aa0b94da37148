/**
 * A programme: who asks for codes when, for which number, from which address, what the carrier does with each message and whether its code
 * comes back. Everything is drawn beforehand from a seed, so that what the product does changes nothing of what it is asked.
 */
import { SECOND } from "@/lib/terms/durations";
import type { Phone } from "@/demo/world/world";

/** What becomes of a message: delivered with its receipt; undelivered, which a receipt says too; sent, and never heard of again. */
export type Receipt = "delivered" | "undelivered" | "lost";

/** `ordinary` people are there in every scenario, `honest` ones are what a scenario is about. */
export type Part = "ordinary" | "honest" | "attack";

/** One request for a message. */
export interface Try {
  /** In milliseconds from the scenario's beginning; below 0 it is history. */
  at: number;
  receipt: Receipt;
  /** Until its code comes back, in milliseconds; null when it never does. */
  confirmsAfter: number | null;
  /** Wrong codes that are typed a minute later. */
  wrong?: number;
}

/** Whoever asks, for one number, until a code of theirs comes back. */
export interface Asker {
  part: Part;
  phone: Phone;
  address: string;
  tries: readonly Try[];
}

export interface Programme {
  askers: readonly Asker[];
  /** How long it is, in milliseconds. */
  length: number;
  /** When that begins which it is about. */
  begins: number;
}

export interface Scenario {
  /** In words, for who reads the table. */
  about: string;
  /** The country that is attacked, where it is one. */
  target?: string;
  /** Of honest people whom nothing tells from an attack: no message is answered, and no carrier says that it failed. See decision 0060. */
  likeAttack?: boolean;
  programme: (seed: string) => Programme;
}

/** The moment that a scenario begins: a Monday morning in Europe. */
export const BEGINNING = Date.UTC(2026, 5, 1, 6);

/** The share of askers whose code comes back. */
export function conversionOf(askers: readonly Asker[]): number {
  const gotIn = askers.filter(({ tries }) => tries.some(({ confirmsAfter }) => confirmsAfter !== null));
  return gotIn.length / askers.length;
}

export const seconds = (count: number) => Math.round(count * SECOND);
