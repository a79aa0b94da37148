import Link from "next/link";
import type { ComponentProps } from "react";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  quiet: "border border-edge bg-panel text-ink hover:bg-wash",
} as const;

const SIZES = {
  regular: "h-11 px-5 text-14 font-semibold",
  small: "h-8 px-3 text-13 font-medium",
} as const;

interface Appearance {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
}

function buttonClass({ look = "quiet", size = "regular" }: Appearance): string {
  return `inline-flex items-center justify-center gap-2 rounded-8 transition-colors ${SIZES[size]} ${LOOKS[look]}`;
}

export function Button({ look, size, className = "", ...props }: ComponentProps<"button"> & Appearance) {
  return <button type="button" className={`${buttonClass({ look, size })} ${className}`} {...props} />;
}

/** A link that is the page's next step, and looks like it. */
export function ButtonLink({
  look,
  size,
  className = "",
  ...props
}: ComponentProps<typeof Link> & Appearance) {
  return <Link prefetch={false} className={`${buttonClass({ look, size })} ${className}`} {...props} />;
}

interface SubmitButtonProps extends ComponentProps<"button">, Appearance {
  pending: boolean;
  /** What the button says while its form is under way. */
  pendingLabel: string;
}

/** A form's button. While the form is under way it keeps the focus, so it is not disabled; the form ignores it. */
export function SubmitButton({ pending, pendingLabel, children, ...props }: SubmitButtonProps) {
  return (
    <Button type="submit" aria-disabled={pending || undefined} {...props}>
      {pending ? pendingLabel : children}
    </Button>
  );
}
