/** The phone's own icons, drawn on 16 × 16; decoration beside words, so hidden from screen readers. */

const PATHS = {
  reply: "M6.5 4 3 7.5 6.5 11M3.5 7.5H9a4 4 0 0 1 4 4v1",
  call: "M5.8 3.2 4.6 2.6C3.4 2.6 2.6 3.6 2.7 4.7c.3 4.6 4 8.3 8.6 8.6 1.1.1 2.1-.7 2.1-1.9l-.6-1.2-2.3-.7-1.2 1.1A9 9 0 0 1 5.4 6.7l1.1-1.2Z",
  send: "M8 13V3.5M4 7l4-4 4 4",
  plus: "M8 3v10M3 8h10",
} as const;

interface PhoneIconProps {
  name: keyof typeof PATHS;
  className?: string;
}

export function PhoneIcon({ name, className = "" }: PhoneIconProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
