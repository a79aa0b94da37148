/**
 * What watching finds, by kind: its words, its marks and how bad it is.
 */
interface FindingTerms {
  noun: string;
  short: string;
  is: string;
  was: string;
  severity: "watch" | "bad";
  /** Its shape around 0, within 10 × 10: for drawings. */
  shape: string;
  /** The same from 0 to 10, a little smaller: beside words. */
  mark: string;
}

/**
 * `slow`: messages took many times as long to arrive, or most of what is missing came back too late. `pumping`: several times as
 * many messages as before, to few blocks of numbers; who does not answer there is likely no person. `drop`: anything else.
 */
export const FINDINGS = {
  drop: {
    noun: "Conversion drop",
    short: "Drop",
    is: "has a conversion drop",
    was: "had a conversion drop",
    severity: "bad",
    shape: "M0-5 5 0 0 5-5 0Z",
    mark: "M5 .7 9.3 5 5 9.3 .7 5Z",
  },
  slow: {
    noun: "Slow route",
    short: "Slow",
    is: "is slow",
    was: "was slow",
    severity: "watch",
    shape: "M0-4.6 5 4H-5Z",
    mark: "M5 1 9.4 9H.6Z",
  },
  pumping: {
    noun: "Pumping",
    short: "Pumped",
    is: "is being pumped",
    was: "was pumped",
    severity: "bad",
    shape: "M-4.2-4.2H4.2V4.2H-4.2Z",
    mark: "M1.3 1.3h7.4v7.4H1.3Z",
  },
} as const satisfies Record<string, FindingTerms>;

export type FindingKind = keyof typeof FINDINGS;
