"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
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
      <Choice value="system" label="As the system" chosen={theme === null}>
        <circle cx="8" cy="8" r="5.25" />
        <path d="M8 2.75a5.25 5.25 0 0 1 0 10.5Z" fill="currentColor" stroke="none" />
      </Choice>
      <Choice value="light" label="Light" chosen={theme === "light"}>
        <circle cx="8" cy="8" r="2.75" />
        <path d="M8 1.5v1.5m0 10v1.5M1.5 8H3m10 0h1.5M3.4 3.4l1.1 1.1m7 7 1.1 1.1m0-9.2-1.1 1.1m-7 7-1.1 1.1" />
      </Choice>
      <Choice value="dark" label="Dark" chosen={theme === "dark"}>
        <path d="M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z" />
      </Choice>
    </form>
  );
}

interface ChoiceProps {
  value: string;
  label: string;
  chosen: boolean;
  children: ReactNode;
}

function Choice({ value, label, chosen, children }: ChoiceProps) {
  return (
    <button
      type="submit"
      name="theme"
      value={value}
      aria-pressed={chosen}
      title={label}
      className="flex h-7 w-7 items-center justify-center rounded-4 text-ink-soft hover:text-ink aria-pressed:bg-wash aria-pressed:text-ink"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        width="16"
        height="16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {children}
      </svg>
      <span className="sr-only">{label}</span>
    </button>
  );
}
