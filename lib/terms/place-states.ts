/**
 * What becomes of messages to a place at the moment: the words of its state.
 */
import { namesOf } from "./names";

interface PlaceStateTerms {
  /** In a word or two. */
  words: string;
  /** The same in a sentence. */
  explains: string;
}

/** The first that is so is a place's state. */
export const PLACE_STATES = {
  blocked: {
    words: "blocked",
    explains: "No message is sent there, by what people said or by the settings.",
  },
  allowed: { words: "allowed", explains: "People said that no rule refuses messages there." },
  refusing: { words: "refusing now", explains: "The next message is refused; it opens by itself." },
  opening: {
    words: "opening",
    explains:
      "It was refused: as many messages are sent there as were confirmed since, and one now and then.",
  },
  capped: { words: "capped", explains: "So many messages an hour are sent there, and some are left." },
  monitored: { words: "watched", explains: "Each message there is noted as one that would be refused." },
  full: {
    words: "full",
    explains: "As many messages are unanswered as may be; the rule only notes it.",
  },
  open: { words: "open", explains: "Messages are sent there." },
} as const satisfies Record<string, PlaceStateTerms>;

export type PlaceStateName = keyof typeof PLACE_STATES;

export const PLACE_STATE_NAMES = namesOf(PLACE_STATES);

/** What puts a place into its state. */
export const STATE_CAUSES = {
  said: "what people said of it",
  countries: "ALLOWED_COUNTRIES or BLOCKED_COUNTRIES leaves it out",
  exposure: "too many messages are unanswered",
  breaker: "too many were unanswered, and it opens by degrees as messages are confirmed",
} as const;

export type StateCause = keyof typeof STATE_CAUSES;

export const STATE_CAUSE_NAMES = namesOf(STATE_CAUSES);

/** Places that are none of the map: all countries without a confirmation in two weeks, and everything. */
export const FIRST_DESTINATIONS = "first";
export const EVERYWHERE = "all";
