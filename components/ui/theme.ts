/** The themes: the system's, which is none of ours, or the one that was chosen. */
export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** @returns null, for the system's, for anything that is no theme */
export function asTheme(text: string | undefined): Theme | null {
  return THEMES.find((theme) => theme === text) ?? null;
}
