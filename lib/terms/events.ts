/**
 * What people and programs are told, by the names they choose it by.
 */
import { namesOf } from "./names";

/** How bad it is, from the least. */
export const SEVERITIES = ["info", "warning", "critical"] as const;

export type Severity = (typeof SEVERITIES)[number];

interface EventTerms {
  /** What it is, as it is offered to be chosen. */
  words: string;
  /** The same in a word or two. */
  short: string;
  /** What people are told has a severity, opens, may get worse, and clears; what programs are told has happened, once. */
  for: "people" | "programs";
}

export const EVENTS = {
  finding: {
    words: "Findings: conversion fell somewhere, fell further, is back",
    short: "findings",
    for: "people",
  },
  breaker: {
    words: "Breakers: a destination is refused, is tried, is open again",
    short: "breakers",
    for: "people",
  },
  backlog: {
    words: "Feedback that Twilio has not been told of for ten minutes or an hour, or refuses for good",
    short: "waiting feedback",
    for: "people",
  },
  silence: { words: "No confirmations at all where there should be some", short: "silence", for: "people" },
  budget: {
    words: "MAX_MESSAGES_PER_HOUR, or what rules let an hour or a day cost, used by 50, 80 and 100 %",
    short: "budgets",
    for: "people",
  },
  "verification.approved": {
    words: "A verification was approved",
    short: "approved verifications",
    for: "programs",
  },
  "verification.expired": {
    words: "A verification expired unanswered",
    short: "expired verifications",
    for: "programs",
  },
  "message.delivered": { words: "A message was delivered", short: "delivered messages", for: "programs" },
  "message.failed": {
    words: "A message was not delivered, or refused",
    short: "failed messages",
    for: "programs",
  },
  "feedback.reported": {
    words: "Twilio was told of a confirmed message",
    short: "reported feedback",
    for: "programs",
  },
} as const satisfies Record<string, EventTerms>;

export type EventName = keyof typeof EVENTS;

export const EVENT_NAMES = namesOf(EVENTS);

/** Whether it is one of them: what was chosen before a version that has it no more is none. */
export function isEventName(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}

/** What programs are told of, by webhooks. */
export function isForPrograms(name: EventName): boolean {
  return EVENTS[name].for === "programs";
}

/** What people are told of. */
export type IncidentKind = {
  [Name in EventName]: (typeof EVENTS)[Name]["for"] extends "people" ? Name : never;
}[EventName];

/** What becomes of an incident; a step is told as `<kind>.<step>`, such as `finding.opened`. Only breakers are half open, and they get no worse. */
export const INCIDENT_STEPS = ["opened", "worse", "half_open", "cleared"] as const;

export type IncidentStep = (typeof INCIDENT_STEPS)[number];

/** Ways of telling. */
export const TARGET_KINDS = ["webhook", "slack", "email"] as const;

export type TargetKind = (typeof TARGET_KINDS)[number];
