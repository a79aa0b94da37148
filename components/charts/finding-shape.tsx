import { FINDINGS, type FindingKind } from "@/lib/terms/findings";

const LOOKS = { watch: ["fill-watch", "stroke-watch"], bad: ["fill-bad", "stroke-bad"] } as const;

interface FindingShapeProps {
  kind: FindingKind;
  /** Whether it lasts: hollow is over. */
  open: boolean;
  scale?: number;
}

/** A finding's mark within a drawing. */
export function FindingShape({ kind, open, scale = 1 }: FindingShapeProps) {
  const { shape, severity } = FINDINGS[kind];
  const [fill, stroke] = LOOKS[severity];
  return (
    <path
      d={shape}
      transform={scale === 1 ? undefined : `scale(${scale})`}
      className={open ? `${fill} stroke-panel` : `fill-panel ${stroke}`}
      strokeWidth={1.5 / scale}
      paintOrder={open ? "stroke" : undefined}
    />
  );
}
