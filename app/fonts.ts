/** Geist, from its package's own files. */
import localFont from "next/font/local";

/**
 * Not by the package's own loader, which has a font that comes late take the place of another: lines would break elsewhere, and what was read
 * would jump. On a line that slow, a first page stays in the other one.
 */
export const sans = localFont({
  src: "../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2",
  variable: "--font-geist-sans",
  weight: "100 900",
  display: "optional",
});

/** Nor here: it has every page fetch it early, and few need it. */
export const mono = localFont({
  src: "../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
});
