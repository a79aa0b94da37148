/**
 * What programs give of people: the form it must have, and what is made of what was typed.
 */
import { z } from "zod";
import { PASSWORD_FAULTS, PASSWORD_LENGTH, passwordFault } from "../../account/password-rule";
import { addressIn } from "../../client-address";
import { env } from "../../env";
import { canonicalTag } from "../../terms/languages";
import { TEMPORARY_PASSWORD } from "../../terms/limits";
import { normalizeCode, normalizePassword } from "../../verification/secrets";
import { parseRecipient } from "../../verification/recipient";

export const PhoneNumber = z
  .string()
  .transform((text, context) => {
    const reading = parseRecipient(text);
    if (reading.ok) return reading.recipient;
    context.addIssue({ code: "custom", message: reading.why });
    return z.NEVER;
  })
  .meta({
    description:
      "A mobile number in international form, in the digits of any script. Spaces, dashes, brackets and characters that nobody sees are ignored.",
    example: "+12015550123",
  });

/** A text that was pasted whole: ten segments are the longest. */
const LONGEST_PASTE = 1_600;

export const Code = z
  .string()
  .max(LONGEST_PASTE)
  .transform(normalizeCode)
  // What cannot be right must not cost a try: as on our own page.
  .refine((code) => code.length === env().CODE_LENGTH && /^\d+$/.test(code), {
    error: () => `must be the ${env().CODE_LENGTH} digits of the code, or a text with one such code in it`,
  })
  .meta({
    description:
      "The code as the user typed it, in the digits of any script, or a text with exactly one code in it; spaces, dashes, brackets and characters that nobody sees are ignored. With fewer or more digits than codes have (`CODE_LENGTH`) it is invalid, and costs no try.",
    example: "482 913",
  });

export const TemporaryPassword = z
  .string()
  .max(LONGEST_PASTE)
  .transform(normalizePassword)
  .refine((password) => TEMPORARY_PASSWORD.test(password), "must be the three words from the message")
  .meta({
    description:
      "As the user typed it, or a text with exactly one in it; spaces, dashes, brackets and case are ignored.",
    example: "kuda moti rabe",
  });

const { least, alone, most } = PASSWORD_LENGTH;

/** All of the rule but the account's number, which is not known yet. */
export const NewPassword = z
  .string()
  .superRefine((password, context) => {
    const fault = passwordFault(password);
    if (fault) context.addIssue({ code: "custom", message: PASSWORD_FAULTS[fault] });
  })
  .meta({
    minLength: least,
    maxLength: most,
    description: `Any characters; there are no rules of composition. Refused are the commonest passwords, keys in a row, the same few characters over and over, and what is little more than the number or our name. With ${alone} characters or more it signs in on our login page alone, with fewer only beside a code.`,
  });

/** A confirmed link leads nowhere a stranger could choose. */
export const RedirectUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL", abort: true })
  .max(2000)
  .refine((url) => {
    const { REDIRECT_ORIGINS, PUBLIC_BASE_URL } = env();
    return [...REDIRECT_ORIGINS, PUBLIC_BASE_URL].includes(new URL(url).origin);
  }, "must be on an origin that REDIRECT_ORIGINS names")
  .refine((url) => {
    const { username, password } = new URL(url);
    return username === "" && password === "";
  }, "must have no name and no password before the host")
  // In one spelling: other programs take what we were given for another host, as in http://ours\@theirs/.
  .transform((url) => new URL(url).href)
  .meta({
    description:
      "Of the action `link`: where a confirmed link leads to. It is kept in the one spelling that the URL standard gives it.",
    example: "https://app.example/welcome",
  });

/** The language of a message: a matter of wording, which never keeps one from being sent. */
export const LanguageTag = z
  .string()
  .max(200)
  .regex(/^[a-z]{1,8}([-_][a-z\d]{1,8})*([.@]\S*)?$/i, "must be a language tag such as en or pt-BR")
  .transform((tag) => canonicalTag(tag))
  .optional()
  .meta({
    description:
      "The language of the message: any BCP 47 tag, with extensions, too. Without it, or where we write no text in that language, it is the one most spoken in the number's country.",
    example: "en",
  });

export const VerificationId = z.object({
  id: z
    .uuid()
    .meta({ description: "The verification's id.", example: "0198b3f0-7f3e-7c31-9a55-2f8c1f6d9a10" }),
});

export const IdempotencyKey = z.object({
  "Idempotency-Key": z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 visible ASCII characters")
    .optional()
    .meta({
      description:
        "Makes the request safe to repeat for 24 hours: a repeat does nothing and is answered as the first one was. With another request the key is refused. A refusal is not remembered: the same request may succeed later.",
    }),
});

/** The device of whoever the program asks for. @param description what is said of it besides */
export const deviceId = (description = "") =>
  z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, "must be 16 to 200 visible ASCII characters")
    .optional()
    .meta({
      description: `Opaque: what you know the user's device by, such as a random cookie of yours; never what others can know. From an approval on it is known to this number and this key, and has limits of its own that no stranger draws on. It is kept as a hash only.${description}`,
      example: "5f0c7f6e-2a51-4f0e-9d53-0a5f3c1de6b7",
    });

/** The address of whoever the program asks for. @param description what it is used for */
export const clientIp = (description: string) =>
  z
    .string()
    .max(100)
    .transform((text, context) => {
      // What a framework says of a connection that has gone: then there is none, and nobody is kept from signing in.
      if (text.trim() === "") return undefined;
      const address = addressIn(text);
      if (address !== undefined) return address;
      context.addIssue({ code: "custom", message: "must be an IPv4 or IPv6 address" });
      return z.NEVER;
    })
    .nullish()
    .transform((address) => address ?? undefined)
    .meta({
      description: `${description} A port, brackets and a zone are ignored; null and an empty text mean that it is not known.`,
      example: "203.0.113.7",
    });
