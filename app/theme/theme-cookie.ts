/** The theme that was chosen in this browser, in a cookie, so that the first byte of a page is of that theme. */
import { cookies } from "next/headers";
import { asTheme, type Theme } from "@/components/ui/theme";
import { env } from "@/lib/env";

const NAME = "theme";
const YEAR_SECONDS = 365 * 86_400;

/** Null for the system's. */
export async function chosenTheme(): Promise<Theme | null> {
  return asTheme((await cookies()).get(NAME)?.value);
}

/** Only in form actions and route handlers, which may set cookies. */
export async function rememberTheme(theme: Theme | null): Promise<void> {
  const all = await cookies();
  if (theme === null) return void all.delete(NAME);
  const secure = env().PUBLIC_BASE_URL.startsWith("https:");
  all.set(NAME, theme, { httpOnly: true, sameSite: "lax", secure, path: "/", maxAge: YEAR_SECONDS });
}
