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
  bad: { text: "text-bad", fill: "fill-bad", stroke: "stroke-bad", row: "bg-bad/6", wash: "bg-bad/6" },
} as const;

/** What is over is nothing to be alarmed by: it has no colour, and what is filled while it lasts is hollow. */
const OVER = {
  text: "text-ink-soft",
  fill: "fill-panel stroke-ink-soft",
  stroke: "stroke-ink-soft",
  row: "",
  wash: "",
} as const;

/** A finding's looks, of everything that is drawn of it: colour says how bad it is, and that it lasts. */
export function lookOf({ kind, open }: { kind: FindingKind; open: boolean }) {
  return open ? LOOKS[FINDINGS[kind].severity] : OVER;
}
