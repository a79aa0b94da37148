/**
 * Content templates. Every SID is one that is approved, until it is told otherwise; all have the fixed text of WhatsApp's authentication
 * templates, in which variable 1 is the code.
 */
import { ControlError } from "../controls/control-error";
import { TwilioError } from "./errors";

/** Why WhatsApp takes a template, or what a message with it ends with. */
const STATUSES = { approved: null, rejected: 63_040, paused: 63_041, disabled: 63_042 } as const;

type TemplateStatus = keyof typeof STATUSES;

const SID = /^HX[0-9a-f]{32}$/i;

const TEXT = "{{1}} is your verification code. For your security, do not share this code.";

export class Templates {
  readonly #statuses = new Map<string, TemplateStatus>();

  /** What a message with this template ends with on WhatsApp; null of an approved one. */
  errorOf(sid: string): number | null {
    return STATUSES[this.#statuses.get(sid) ?? "approved"];
  }

  /** Throws a `ControlError` naming the field that is wrong. */
  set(sid: unknown, status: unknown): { sid: string; status: TemplateStatus } {
    if (typeof sid !== "string" || !SID.test(sid))
      throw new ControlError(422, "sid must be a template's, HX and 32 digits", "sid");
    if (!isStatus(status))
      throw new ControlError(422, `status must be one of ${Object.keys(STATUSES).join(", ")}`, "status");
    this.#statuses.set(sid, status);
    return { sid, status };
  }

  clear(): void {
    this.#statuses.clear();
  }
}

function isStatus(status: unknown): status is TemplateStatus {
  return typeof status === "string" && Object.hasOwn(STATUSES, status);
}

/** The text of a message with a template. Throws a `TwilioError` for parameters that Twilio would refuse. */
export function contentText(sid: string, variables: string | null): string {
  if (!SID.test(sid)) throw new TwilioError(21655, "The ContentSid is Invalid");
  const values = readVariables(variables);
  return TEXT.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    // The codes of authentication templates are short.
    if (value === undefined || value === "" || value.length > 15) throw wrongVariables();
    return value;
  });
}

function readVariables(text: string | null): Record<string, string> {
  let values: unknown;
  try {
    values = JSON.parse(text ?? "{}");
  } catch {
    throw wrongVariables();
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) throw wrongVariables();
  const entries = Object.entries(values);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === "string"))
    throw wrongVariables();
  return Object.fromEntries(entries);
}

const wrongVariables = () => new TwilioError(21656, "The ContentVariables Parameter is invalid");
