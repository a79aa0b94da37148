import { errorWords } from "@/lib/terms/twilio-codes";

/** Why feedback was not taken, from what is kept of it: Twilio's code, an HTTP status, or a fault of the connection. */
const FAULTS: Record<string, string> = {
  ECONNREFUSED: "Twilio could not be reached",
  ENOTFOUND: "Twilio could not be found",
  EAI_AGAIN: "Twilio could not be found",
  ECONNRESET: "The connection to Twilio broke",
  ECONNABORTED: "Twilio did not answer in time",
  ETIMEDOUT: "Twilio did not answer in time",
};

export function feedbackFault(error: string): string {
  if (/^\d+$/.test(error)) return errorWords(Number(error));
  const status = /^http_(\d+)$/.exec(error)?.[1];
  if (status) return `Twilio answered with the HTTP status ${status}`;
  return error === "" ? "No reason is known" : (FAULTS[error] ?? `The call failed (${error})`);
}
