import { FINDINGS, type FindingKind } from "@/lib/terms/findings";

/** How bad a finding is, as classes; whole names, since Tailwind looks for these. */
const LOOKS = {
  watch: {
    text: "text-watch",
    fill: "fill-watch",
    stroke: "stroke-watch",
    row: "bg-watch/6",
    wash: "bg-watch-wash",
  },
  bad: { text: "text-bad", fill: "fill-bad", stroke: "stroke-bad", row: "bg-bad/6", wash: "bg-wash" },
} as const;

export function lookOf(kind: FindingKind) {
  return LOOKS[FINDINGS[kind].severity];
}
