import { beforeEach, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { REPLY_WORDS } from "@/lib/messaging/reply-words";
import { TEMPLATES } from "@/lib/messaging/templates";
import { readReply } from "@/lib/verification/reply-text";

beforeEach(() => setEnv({ CODE_LENGTH: "6" }));

/** What people, keyboards and telephones put around a word. */
const AROUND = [
  (yes: string) => `"${yes}"`,
  (yes: string) => `“${yes}”`,
  (yes: string) => `«\u00a0${yes}\u00a0»`,
  (yes: string) => `'${yes}'.`,
  (yes: string) => `*${yes}*`,
  (yes: string) => `(${yes})`,
  (yes: string) => `${yes}…`,
  (yes: string) => `${yes}！`,
  (yes: string) => `${yes}?`,
  (yes: string) => `${yes},`,
  (yes: string) => `¡${yes}!`,
  (yes: string) => `${yes}،`,
  (yes: string) => `${yes}।`,
  (yes: string) => `👍🏽 ${yes} 👩‍👩‍👧`,
  (yes: string) => `${yes}‼️`,
  (yes: string) => `${yes} :D`,
  (yes: string) => `${yes}:)`,
  (yes: string) => `${yes} <3`,
  (yes: string) => `✅${yes}™`,
  (yes: string) => `\u200f${yes}`,
  (yes: string) => `\u2068${yes}\u2069`,
  (yes: string) => `\u202a${yes}\u202c\ufeff`,
  (yes: string) => `${yes}\u200b\u00ad\ufe0f\u3164`,
  (yes: string) => `\t${yes}\r\n\u2028\u0000`,
  (yes: string) => `${yes} ${yes}`,
  (yes: string) => yes.toLowerCase().normalize("NFD"),
  (yes: string) => `${yes}.\n\nSent from my iPhone`,
  (yes: string) => `${yes}\n-- \nMaría José Pérez`,
  (yes: string) => `${yes} - Ana`,
];

const YES = Object.values(TEMPLATES).flatMap(({ yes }) => [...yes]);

test.each(YES)("%s is a yes with anything around it", (yes) => {
  const unread = AROUND.map((around) => around(yes)).filter((text) => readReply(text) !== "yes");
  expect(unread).toEqual([]);
});

test.each([
  "ＹＥＳ",
  "𝐘𝐞𝐬",
  "Ⓨⓔⓢ",
  "Y\u200bE\u200bS",
  "Yes please",
  "Yes, thank you!",
  "ok yes",
  "Sí, por favor",
  "si porfa",
  "Oui s'il vous plaît",
  "oui merci 🙏",
  "Ja bitte",
  "Sim, por favor. Obrigada",
  "نعم من فضلك",
  "نَعَمْ شكرًا",
  "نعـــم",
  "हाँ जी, धन्यवाद",
  "haan ji",
  "Ya, terima kasih",
  "Sí\n\nEnviado desde mi iPhone",
  "OUI\nEnvoyé de mon iPhone",
  "Ja.\n\nVon meinem iPhone gesendet",
  "Sim\nEnviado do meu iPhone",
  "نعم\nأُرسلت من الـ iPhone",
  "हाँ\nमेरे iPhone से भेजा गया",
  "Ya\nDikirim dari iPhone saya",
  "Yes Get Outlook for Android",
  "YES\nJohn",
])("%s is a yes", (text) => {
  expect(readReply(text)).toBe("yes");
});

test.each([
  "",
  "👍",
  "no",
  "yes no",
  "yes/no",
  "not yes",
  "yes but who is this?",
  "Yes - not me",
  "YES\nNO",
  "Yes\nWrong number",
  "Yes - who?",
  "yes please call me",
  "yesterday",
  "s'il vous plaît",
  "s il vous plait",
  "please",
  "ok",
  "Liked “OTP Insights: reply YES to confirm this number, or call us, within 10 minutes.”",
  "> reply YES to confirm this number",
  "№",
  "SI NO",
  "Auto-reply: I'm busy",
])("%s is no yes", (text) => {
  expect(readReply(text)).toBe("other");
});

test.each([
  "STOP",
  "stop.",
  "“Stop”",
  "opt out",
  "Opt-out",
  "OPTOUT",
  "Stop please",
  "\u200eHELP",
  "unsubscribe!",
])("%s is left to Twilio", (text) => expect(readReply(text)).toBe("twilio"));

describe("a secret sent back", () => {
  test.each([
    "482913",
    "My code is 482913.",
    "482 913",
    "482-913",
    "٤٨٢٩١٣",
    "၄၈၂၉၁၃",
    "kuda-moti-rabe",
    "It is Kuda Moti Rabe",
  ])("is seen in %s", (text) => expect(readReply(text)).toBe("secret"));

  test.each(["48291", "4829130", "415 555 0123", "+14155550123", "kuda moti"])("is not seen in %s", (text) =>
    expect(readReply(text)).toBe("other"),
  );
});

test("a long text takes no long time", () => {
  const began = performance.now();
  for (const text of ["!".repeat(60_000), "yes ".repeat(15_000), "1 ".repeat(30_000), ":-DD".repeat(15_000)])
    readReply(text);
  expect(performance.now() - began).toBeLessThan(1_000);
});

test("courtesies are no yes, and no word of doubt is a courtesy", () => {
  for (const { courtesy, doubt } of Object.values(REPLY_WORDS)) {
    expect(readReply(courtesy)).not.toBe("yes");
    for (const word of doubt.split(" ")) expect(readReply(`yes ${word}`)).not.toBe("yes");
  }
});
