import type { FindingKind } from "@/lib/insights/reports/findings";

/** Around 0, within 10 × 10: the same shapes as beside words. */
const SHAPES = {
  drop: "M0-5 5 0 0 5-5 0Z",
  slow: "M0-4.6 5 4H-5Z",
  pumping: "M-4.2-4.2H4.2V4.2H-4.2Z",
} as const satisfies Record<FindingKind, string>;

interface FindingShapeProps {
  kind: FindingKind;
  /** Whether it lasts: hollow is over. */
  open: boolean;
  scale?: number;
}

/** A finding's mark within a drawing. */
export function FindingShape({ kind, open, scale = 1 }: FindingShapeProps) {
  const [fill, stroke] = kind === "slow" ? ["fill-watch", "stroke-watch"] : ["fill-bad", "stroke-bad"];
  return (
    <path
      d={SHAPES[kind]}
      transform={scale === 1 ? undefined : `scale(${scale})`}
      className={open ? `${fill} stroke-panel` : `fill-panel ${stroke}`}
      strokeWidth={1.5 / scale}
      paintOrder={open ? "stroke" : undefined}
    />
  );
}
