/** The figures of the overview, by the names they go by. */
export const NAMES = {
  conversion: "OTP conversion",
  attempted: "Attempted",
  statusOk: "Status OK",
  confirmed: "Confirmed",
  feedback: "Feedback reported",
  notSent: "Not sent",
} as const;

export type Figure = keyof typeof NAMES;

/** What each figure means, in words. */
export type Definitions = Readonly<Record<Figure, string>>;
