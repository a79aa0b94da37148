/** The theme that was chosen in this browser, in a cookie, so that the first byte of a page is of that theme. */
import { asTheme, type Theme } from "@/components/ui/theme";
import { ownCookie } from "./own-cookie";
import { DAY_SECONDS } from "@/lib/terms/durations";

const YEAR_SECONDS = 365 * DAY_SECONDS;

const THEME_COOKIE = ownCookie({ name: "theme", maxAge: YEAR_SECONDS });

/** Null for the system's. */
export async function chosenTheme(): Promise<Theme | null> {
  return asTheme(await THEME_COOKIE.read());
}

/** Only in form actions and route handlers, which may set cookies. */
export async function rememberTheme(theme: Theme | null): Promise<void> {
  await (theme === null ? THEME_COOKIE.forget() : THEME_COOKIE.write(theme));
}
