/** The figures of the overview, by the names they go by. */
export const NAMES = {
  attempted: "Attempted",
  statusOk: "Status OK",
  conversion: "OTP conversion",
  successRate: "Success rate",
  timeToConfirm: "Time to confirm",
  costPerConversion: "Cost per conversion",
  feedbackCoverage: "Feedback coverage",
  interval: "Interval",
  confirmed: "Confirmed",
  change: "Change",
  noise: "Within noise",
  mature: "Settled",
  spend: "Spend",
  lost: "Lost",
  lowSample: "Low sample",
} as const;

export type Figure = keyof typeof NAMES;

/** What each figure means, in words. */
export type Definitions = Readonly<Record<Figure, string>>;
