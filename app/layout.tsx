import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import { Shell } from "@/components/ui/shell";
import { isOperator } from "@/lib/account/access";
import { simulated } from "@/lib/env";
import { mono, sans } from "./fonts";
import "./globals.css";
import { currentViewer } from "@/app/cookies/session";
import { chooseTheme } from "./theme/actions";
import { chosenTheme } from "@/app/cookies/theme";

export const metadata: Metadata = {
  description:
    "How many of the one-time passwords sent by SMS turn into a completed sign-in, per destination.",
  // A demo and an operators' tool: nothing a search engine should list.
  robots: { index: false, follow: false },
  // All in public/. A browser that draws no SVG asks for /favicon.ico.
  icons: {
    icon: [
      { url: "/favicon.ico", sizes: "48x48" },
      { url: "/icon.svg", type: "image/svg+xml", sizes: "any" },
    ],
    apple: "/apple-touch-icon.png",
  },
  manifest: "/site.webmanifest",
};

const COLORS = { light: "#ffffff", dark: "#121418" };

export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  if (theme) return { themeColor: COLORS[theme] };
  return {
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: COLORS.light },
      { media: "(prefers-color-scheme: dark)", color: COLORS.dark },
    ],
  };
}

export default async function RootLayout({ children }: LayoutProps<"/">) {
  // The navigation depends on the configuration of the process that serves, not of the one that built.
  await connection();
  const [viewer, theme] = await Promise.all([currentViewer(), chosenTheme()]);
  return (
    // What the keyboard goes to is not under the header and the bar, which stay on top.
    <html
      lang="en"
      data-theme={theme ?? undefined}
      className={`${sans.variable} ${mono.variable} scroll-pt-20 sm:scroll-pt-32`}
    >
      <body className="bg-ground font-sans text-14 text-ink">
        <Shell
          withPhone={simulated()}
          signedIn={viewer !== null}
          operator={isOperator(viewer)}
          theme={theme}
          chooseTheme={chooseTheme}
        >
          {children}
        </Shell>
      </body>
    </html>
  );
}
