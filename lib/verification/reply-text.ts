/**
 * What the text of an inbound message says: a yes, something for Twilio, or something else.
 */
import { env } from "../env";
import { REPLY_WORDS } from "../messaging/reply-words";
import { TEMPLATES } from "../messaging/templates";

/**
 * - `yes`: nothing but a yes of any of our languages, with what people put around one.
 * - `twilio`: a word Twilio answers by itself, by law and by default: a second answer of ours would be noise.
 * - `secret`: it has what looks like one of our codes or temporary passwords.
 */
export type ReplyText = "yes" | "twilio" | "secret" | "other";

/** Of a longer text the rest is not looked at: no yes is as long. */
const LONGEST_READ = 1_600;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

const LEFT_TO_TWILIO = new Set(
  "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT START UNSTOP HELP INFO".split(" "),
);

const YES = new Set(Object.values(TEMPLATES).flatMap(({ yes }) => yes.map(folded)));
const COURTESY = wordsSet("courtesy");
const DOUBT = new Set([...wordsSet("doubt"), ...LEFT_TO_TWILIO]);
const SENT_WITH = Object.values(REPLY_WORDS).flatMap(({ sentWith }) =>
  sentWith.split("|").map((phrase) => ` ${wordsOf(phrase).join(" ")} `),
);

/** The most words a signature has: what it was sent with, or who somebody is. */
const LONGEST_SENT_WITH = 14;
const LONGEST_NAME = 3;

/** Reads a text as it came. */
export function readReply(text: string): ReplyText {
  const plain = plainOf(text.slice(0, LONGEST_READ));
  const words = wordsOf(plain);
  const asked = words.filter((word) => !COURTESY.has(word));
  if (LEFT_TO_TWILIO.has(asked.join(""))) return "twilio";
  if (isYes(plain)) return "yes";
  return hasSecret(plain) ? "secret" : "other";
}

/**
 * A text without what nobody sees, in plain forms of its letters. Signs that would become letters, and smileys written with some, go first.
 */
function plainOf(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[™℠℡№]/g, " ")
    .replace(/(?:[:;=][-']?[DPOX3]+|<3+|(?<![\p{L}\p{N}])xD+)(?![\p{L}\p{N}])/giu, " ")
    .normalize("NFKC");
}

/** Its words, folded. Everything that is no letter, mark or digit separates them: spaces, controls, punctuation, symbols, emoji. */
function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(WORD), ([word]) => folded(word));
}

/** A word without case, accents, and the marks and the stretching of Arabic, which people put or leave out. */
function folded(word: string): string {
  return word
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[\u0300-\u036F\u0640\u064B-\u065F\u0670\u06D6-\u06ED\p{Me}]/gu, "")
    .normalize("NFC");
}

function wordsSet(kind: "courtesy" | "doubt"): Set<string> {
  return new Set(Object.values(REPLY_WORDS).flatMap((words) => wordsOf(words[kind])));
}

/** After the Spanish and Portuguese S: it is the French "s'il". */
const IL = /^[\s'’ʼ´`]*il(?!\p{L})/iu;

/** Whether there is a yes, and beside it at most courtesies and, after it, a signature. */
function isYes(plain: string): boolean {
  let said = false;
  let end = 0;
  for (const { 0: word, index } of plain.matchAll(WORD)) {
    const key = folded(word);
    const isOne = YES.has(key) && !(key === "S" && IL.test(plain.slice(index + 1)));
    if (!isOne && !COURTESY.has(key)) {
      return said && isSignature(plain.slice(end, index), plain.slice(index));
    }
    said ||= isOne;
    end = index + word.length;
  }
  return said;
}

/**
 * @param before what stands between the yes and the rest
 * @param rest from the first word on that is neither a yes nor a courtesy
 */
function isSignature(before: string, rest: string): boolean {
  const words = wordsOf(rest);
  const phrase = ` ${words.join(" ")} `;
  if (words.length <= LONGEST_SENT_WITH) {
    if (SENT_WITH.some((known) => phrase.startsWith(known) || phrase.endsWith(known))) return true;
  }
  // A name: on a line of its own, or after a dash, and not a sentence.
  return (
    /[\n\r\u0085\u2028\u2029\p{Pd}~]/u.test(before) &&
    words.length <= LONGEST_NAME &&
    !/[?\p{N}]/u.test(rest) &&
    !words.some((word) => DOUBT.has(word)) &&
    Array.from(rest.matchAll(WORD)).every(([word]) => /^(\p{Lu}([^\p{Lu}]|$)|\p{Lo})/u.test(word))
  );
}

/** Whether a text has as many digits in a row as a code, or three words as a temporary password has them. */
function hasSecret(plain: string): boolean {
  const digits = new RegExp(
    `(?<!\\p{Nd}[\\s\\p{Pd}]?)\\p{Nd}(?:[\\s\\p{Pd}]?\\p{Nd}){${env().CODE_LENGTH - 1}}(?![\\s\\p{Pd}]?\\p{Nd})`,
    "u",
  );
  return digits.test(plain) || PASSWORD.test(plain);
}

/** As `drawSecret` draws them, and people write them. */
const PASSWORD =
  /(?<!\p{L})(?:[bdfgkmnprstvz][aeiou]){2}(?:[\s\p{Pd}]+(?:[bdfgkmnprstvz][aeiou]){2}){2}(?!\p{L})/iu;
