/** The way of one message, from our request to Twilio's books. */
import { formatSpan } from "../ui/format";
import { errorInWords } from "./error-codes";
import type { Channel } from "@/lib/terms/channels";
import { TEMPORARY_PASSWORD } from "@/lib/terms/limits";

/** What is known of a message: by the simulator, and, of this browser's own sign-in, by the product. */
export interface MessageFacts {
  channel: Channel;
  status: string;
  errorCode: number | null;
  provideFeedback: boolean;
  body: string;
  /** Every status it has had, in order; times are ISO 8601. */
  history: { status: string; at: string }[];
  /** When Twilio took its feedback. */
  feedbackAt: string | null;
  /** When its secret came back right, where the product told. */
  confirmedAt: string | null;
}

export interface JourneyStep {
  name: string;
  state: "done" | "current" | "to come" | "failed";
  at: string | null;
  /** From the first status, as in `+2.1 s`; or what the step waits for. */
  note: string;
}

export interface Journey {
  summary: string;
  outcome: "good" | "bad" | "open";
  steps: JourneyStep[];
}

const DELIVERY = ["queued", "sending", "sent"];

/** How each kind of message is confirmed: what the step waits for, and the same in short. */
function confirmation({ channel, body, provideFeedback }: MessageFacts): { by: string; when: string } {
  if (!provideFeedback) return { by: "nothing", when: "asks for none" };
  // By WhatsApp nothing else is sent.
  if (channel === "whatsapp" || /^@\S+ #\d+$/m.test(body))
    return { by: "the code", when: "when the code comes back" };
  if (body.includes("/confirm?id=")) return { by: "the link", when: "when the link is opened" };
  if (body.split("\n").some((line) => TEMPORARY_PASSWORD.test(line)))
    return { by: "the password", when: "when the password is used" };
  return { by: "the reply", when: "when the reply comes" };
}

/** Of no message yet: what there will be. */
export const NO_JOURNEY: Journey = {
  summary: "Nothing sent to this handset yet",
  outcome: "open",
  steps: ["Queued", "Sending", "Sent", "Delivered", "Confirmed", "Feedback reported"].map((name) => ({
    name,
    state: "to come",
    at: null,
    note: "",
  })),
};

export function journeyOf(facts: MessageFacts): Journey {
  const { history, status, errorCode, feedbackAt, confirmedAt, provideFeedback } = facts;
  const start = history[0]?.at;
  const offset = (at: string) => (start ? `+${formatSpan(new Date(start), new Date(at))}` : "");
  const timeOf = (name: string) => history.find((change) => change.status === name)?.at ?? null;
  const failed = status === "failed" || status === "undelivered";
  const confirmed = confirmedAt !== null || feedbackAt !== null;
  const { by, when } = confirmation(facts);

  const done = (name: string, at: string | null, note = ""): JourneyStep => ({
    name,
    state: "done",
    at,
    note: [at && offset(at), note].filter(Boolean).join(" · "),
  });
  const ahead = (name: string, note: string): JourneyStep => ({ name, state: "to come", at: null, note });

  const steps = DELIVERY.map((name) => {
    const at = timeOf(name);
    return at ? done(title(name), at) : ahead(title(name), "");
  });
  const ended = timeOf(status);
  if (failed) {
    const why = errorCode === null ? "" : errorInWords(errorCode);
    steps.push({ ...done(title(status), ended, why), state: "failed" });
  } else {
    const at = timeOf("delivered");
    steps.push(at ? done("Delivered", at) : ahead("Delivered", ""));
  }
  steps.push(
    confirmed
      ? done("Confirmed", confirmedAt, confirmedAt ? "" : "by its feedback")
      : ahead("Confirmed", when),
  );
  steps.push(
    feedbackAt
      ? done("Feedback reported", feedbackAt, "confirmed")
      : ahead("Feedback reported", provideFeedback ? "at once after that" : "asks for none"),
  );
  const next = steps.find(({ state }) => state === "to come");
  if (next && !failed && (provideFeedback || next.name !== "Confirmed")) next.state = "current";

  return { steps, ...summaryOf() };

  function summaryOf(): Pick<Journey, "summary" | "outcome"> {
    if (feedbackAt) {
      const after = start ? `, ${formatSpan(new Date(start), new Date(feedbackAt))} after sending` : "";
      return { outcome: "good", summary: `Confirmed and reported${after}` };
    }
    if (confirmed) return { outcome: "good", summary: "Confirmed, telling Twilio" };
    if (failed) {
      const why = errorCode === null ? "" : `: ${errorInWords(errorCode)}`;
      return { outcome: "bad", summary: `${title(status)}${why}` };
    }
    const delivered = timeOf("delivered");
    if (!delivered) return { outcome: "open", summary: "On its way" };
    const took = start ? ` in ${formatSpan(new Date(start), new Date(delivered))}` : "";
    return { outcome: "open", summary: `Delivered${took}${provideFeedback ? `, waiting for ${by}` : ""}` };
  }
}

function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
