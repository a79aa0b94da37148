/**
 * The tracked actions: what a recipient may be asked to do with a message.
 */
import { namesOf } from "./names";

interface ActionTerms {
  /** What it is called in a filter and a table. */
  words: string;
  /** What is sent, and comes back, in a sentence. */
  noun: string;
  /** What the recipient must do, in the API's description. */
  task: string;
  /** Whether it is performed by giving back a secret that was in the message. */
  returnsSecret: boolean;
  /** Whether that secret is one that people type in, short enough to be guessed. */
  guessable: boolean;
  /** Whether its approval lets the browser in that asked. A reply proves no more than a caller's number. */
  opensSession: boolean;
  /** Whether the first step of the sign-in offers it. */
  offeredAtSignIn: boolean;
}

export const ACTIONS = {
  code: {
    words: "Code",
    noun: "code",
    task: "type the `code`",
    returnsSecret: true,
    guessable: true,
    opensSession: true,
    offeredAtSignIn: true,
  },
  link: {
    words: "Link",
    noun: "link",
    task: "open the `link`",
    returnsSecret: true,
    guessable: false,
    opensSession: true,
    offeredAtSignIn: true,
  },
  temporary_password: {
    words: "Temporary password",
    noun: "temporary password",
    task: "set a new password with the `temporary_password`",
    returnsSecret: true,
    guessable: true,
    opensSession: true,
    offeredAtSignIn: false,
  },
  reply: {
    words: "Reply",
    noun: "reply",
    task: "`reply` YES by message or call",
    returnsSecret: false,
    guessable: false,
    opensSession: false,
    offeredAtSignIn: false,
  },
} as const satisfies Record<string, ActionTerms>;

export type TrackedAction = keyof typeof ACTIONS;

type Quality = "returnsSecret" | "guessable" | "opensSession" | "offeredAtSignIn";

/** The actions of which a term is true. */
export type ActionThat<Term extends Quality> = {
  [Action in TrackedAction]: (typeof ACTIONS)[Action][Term] extends true ? Action : never;
}[TrackedAction];

export const ACTION_NAMES = namesOf(ACTIONS);

/** The actions of which a term is true, in the table's order. */
export function actionsThat<Term extends Quality>(term: Term): ActionThat<Term>[] {
  return ACTION_NAMES.filter((action): action is ActionThat<Term> => ACTIONS[action][term]);
}

export function isTrackedAction(text: string): text is TrackedAction {
  return Object.hasOwn(ACTIONS, text);
}
