/**
 * The text of a message, and the secret read back out of one.
 */
import { env } from "../env";
import type { TrackedAction } from "@/prisma/generated/enums";
import type { Channel } from "../terms/channels";
import { MINUTE_SECONDS } from "../terms/durations";
import { languageIn } from "../terms/languages";
import { LANGUAGE_OF_COUNTRY, TEMPLATES, type Language, type Templates } from "./templates";

export interface MessageText {
  action: TrackedAction;
  /** The secret in clear; of a reply there is none. */
  secret: string;
  /** From the moment it was asked for. */
  secondsLeft: number;
  /** BCP 47, where the caller said; otherwise the language is that of the number's country. */
  locale: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** The language a message is written in: the one asked for where there is a text in it, or the country's, or English. */
export function languageOf(locale: string | null, country: string): Language {
  const asked = locale === null ? undefined : languageIn(locale);
  if (asked !== undefined && isLanguage(asked)) return asked;
  return LANGUAGE_OF_COUNTRY[country] ?? "en";
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(TEMPLATES, tag);
}

/**
 * The SMS that asks for a tracked action. One with a code ends with the domain-bound line that browsers fill in by
 * themselves (the WICG's "origin-bound one-time codes").
 */
export function messageBody({ action, secret, secondsLeft, locale, country }: MessageText): string {
  const language = languageOf(locale, country);
  const text = fill(TEMPLATES[language][action], {
    code: secret,
    password: secret,
    link: linkTo(secret),
    brand: brandIn(language),
    minutes: minutesIn(language, secondsLeft),
  });
  return action === "code" ? `${text}\n\n@${publicHost()} #${secret}` : text;
}

/** Whole minutes: a message promises no moment that its secret does not have. */
function minutesIn(language: Language, seconds: number): string {
  const minutes = Math.max(1, Math.floor(seconds / MINUTE_SECONDS));
  const forms: Templates["minutes"] = TEMPLATES[language].minutes;
  const form = forms[pluralRules(language).select(minutes)] ?? forms.other;
  return form.replace("#", String(minutes));
}

/** Made once: to make one takes as long as all else of a message. */
const rules = new Map<Language, Intl.PluralRules>();

function pluralRules(language: Language): Intl.PluralRules {
  const made = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, made);
  return made;
}

/** What an account's owner is told of. */
export type NoticeKind = "password_set";

/** The SMS that tells an account's owner what was done to it, in the language of the number's country. It has no secret. */
export function noticeBody(kind: NoticeKind, country: string): string {
  const language = languageOf(null, country);
  return fill(TEMPLATES[language][kind], { brand: brandIn(language) });
}

/** In right-to-left text between isolates, so that a Latin name does not reorder the text around it. */
function brandIn(language: Language): string {
  const { BRAND_NAME } = env();
  return language === "ar" ? isolated(BRAND_NAME) : BRAND_NAME;
}

/** The unique link of a message. It is the only URL with a secret in it. */
function linkTo(token: string): string {
  return `${env().PUBLIC_BASE_URL}/confirm?id=${token}`;
}

/**
 * The secret in the text of a message of ours; null in any other text, and in that of a reply. On WhatsApp it is the template's, in
 * whatever language, in which the code is the only number.
 */
export function secretIn(body: string, channel: Channel = "sms"): string | null {
  if (channel === "whatsapp") return /^\D*(\d{4,10})\D*$/.exec(body)?.[1] ?? null;
  const code = /^@\S+ #(\d{4,10})$/m.exec(body)?.[1];
  const token = /\/confirm\?id=([\w-]+)$/m.exec(body)?.[1];
  const password = /^([a-z]{4}-[a-z]{4}-[a-z]{4})$/m.exec(body)?.[1];
  return code ?? token ?? password ?? null;
}

function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** Between first-strong and pop isolates. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

function publicHost(): string {
  return new URL(env().PUBLIC_BASE_URL).hostname;
}
