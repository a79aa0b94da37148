import { FINDINGS, type FindingKind } from "@/lib/terms/findings";
import { lookOf } from "../ui/severity";

interface FindingShapeProps {
  kind: FindingKind;
  /** Whether it lasts: hollow is over. */
  open: boolean;
  scale?: number;
}

/** A finding's mark within a drawing. */
export function FindingShape({ kind, open, scale = 1 }: FindingShapeProps) {
  const { fill } = lookOf({ kind, open });
  return (
    <path
      d={FINDINGS[kind].shape}
      transform={scale === 1 ? undefined : `scale(${scale})`}
      className={open ? `${fill} stroke-panel` : fill}
      strokeWidth={1.5 / scale}
      paintOrder={open ? "stroke" : undefined}
    />
  );
}
