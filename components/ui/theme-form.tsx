"use client";

import { usePathname } from "next/navigation";
import { Icon, type IconName } from "./icon";
import type { Theme } from "./theme";

interface ThemeFormProps {
  /** Null for the system's. */
  theme: Theme | null;
  choose: (form: FormData) => Promise<void>;
}

/** The choice of the theme: three buttons of a form, so that it needs no scripts. */
export function ThemeForm({ theme, choose }: ThemeFormProps) {
  // A link's page answers its own form only: a post of another one would have it forget what became of the link.
  if (usePathname() === "/confirm") return null;
  return (
    <form action={choose} aria-label="Theme" className="flex items-center rounded-6 border border-line p-px">
      <Choice value="system" icon="system" label="As the system" chosen={theme === null} />
      <Choice value="light" icon="sun" label="Light" chosen={theme === "light"} />
      <Choice value="dark" icon="moon" label="Dark" chosen={theme === "dark"} />
    </form>
  );
}

interface ChoiceProps {
  value: string;
  icon: IconName;
  label: string;
  chosen: boolean;
}

/** The border of the chosen one is seen where colours are forced, which leaves nothing of backgrounds. */
function Choice({ value, icon, label, chosen }: ChoiceProps) {
  return (
    <button
      type="submit"
      name="theme"
      value={value}
      aria-pressed={chosen}
      title={label}
      className="flex h-7 w-7 items-center justify-center rounded-4 text-ink-soft hover:text-ink aria-pressed:border aria-pressed:border-transparent aria-pressed:bg-wash aria-pressed:text-ink"
    >
      <Icon name={icon} />
      <span className="sr-only">{label}</span>
    </button>
  );
}
