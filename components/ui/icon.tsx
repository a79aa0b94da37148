import {
  ArrowRight,
  ArrowUp,
  Check,
  ChevronDown,
  CircleQuestionMark,
  CircleSmall,
  Contrast,
  Copy,
  Download,
  Ellipsis,
  ExternalLink,
  Lock,
  Minus,
  Moon,
  Phone,
  Plus,
  Reply,
  Shield,
  Sun,
  TriangleAlert,
  X,
} from "lucide";
import { createElement } from "react";

/** Lucide's drawings, under the words the pages use for them. */
const DRAWINGS = {
  alert: TriangleAlert,
  arrowRight: ArrowRight,
  call: Phone,
  check: Check,
  chevronDown: ChevronDown,
  copy: Copy,
  cross: X,
  dash: Minus,
  dots: Ellipsis,
  download: Download,
  lock: Lock,
  moon: Moon,
  newTab: ExternalLink,
  plus: Plus,
  question: CircleQuestionMark,
  reply: Reply,
  ring: CircleSmall,
  send: ArrowUp,
  shield: Shield,
  sun: Sun,
  system: Contrast,
};

export type IconName = keyof typeof DRAWINGS;

interface IconProps {
  name: IconName;
  className?: string;
}

/**
 * An icon of 16 × 16 pixels; decoration beside words, so hidden from screen readers.
 *
 * Lucide's own React component would make each icon a client's: here its drawings are data, and the server draws them.
 */
export function Icon({ name, className = "" }: IconProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      // One and a half pixels.
      strokeWidth="2.25"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
    >
      {DRAWINGS[name].map(([shape, attributes], index) =>
        createElement(shape, { key: index, ...attributes }),
      )}
    </svg>
  );
}
