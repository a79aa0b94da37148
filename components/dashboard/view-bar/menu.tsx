import type { ReactNode } from "react";
import { ClosingDetails } from "../../ui/closing-details";

interface MenuProps {
  /** What the closed menu shows. */
  summary: ReactNode;
  /** For screen readers, where the summary's words alone do not say what it is for. */
  label?: string;
  /** The side it is aligned with. On phones it comes up from below. */
  align?: "left" | "right";
  /** Whether it is open when the view comes. */
  opened?: boolean;
  /** How wide it is from tablets on. */
  width?: string;
  className?: string;
  children: ReactNode;
}

/** A menu of links and forms. It opens without scripts. */
export function Menu({
  summary,
  label,
  align = "left",
  opened,
  width = "sm:min-w-56",
  className = "",
  children,
}: MenuProps) {
  return (
    <ClosingDetails name="view-bar" opened={opened} className={`relative ${className}`}>
      <summary className={SUMMARY} aria-label={label}>
        {summary}
      </summary>
      <div
        className={`z-30 rounded-8 border border-edge bg-panel p-2 text-13 max-sm:fixed max-sm:inset-x-2 max-sm:bottom-2 max-sm:max-h-[80dvh] max-sm:overflow-y-auto sm:absolute sm:top-full sm:mt-1 ${width} ${align === "left" ? "sm:left-0" : "sm:right-0"}`}
      >
        {children}
      </div>
    </ClosingDetails>
  );
}

const SUMMARY =
  "flex h-8 list-none items-center gap-1.5 rounded-6 border border-line bg-panel px-2.5 text-13 whitespace-nowrap text-ink hover:bg-wash [&::-webkit-details-marker]:hidden [[open]>&]:border-edge";
