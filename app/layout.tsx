import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import { Shell } from "@/components/ui/shell";
import { simulated } from "@/lib/env";
import { mono, sans } from "./fonts";
import "./globals.css";
import { currentViewer } from "./session-cookie";

export const metadata: Metadata = {
  description: "How many of the one-time passwords sent by SMS turn into a completed login, per destination.",
  // A demo and an operators' tool: nothing a search engine should list.
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#121418" },
  ],
};

export default async function RootLayout({ children }: LayoutProps<"/">) {
  // The navigation depends on the configuration of the process that serves, not of the one that built.
  await connection();
  const viewer = await currentViewer();
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable}`}>
      <body className="bg-ground font-sans text-14 text-ink">
        <Shell withPhone={simulated()} signedIn={viewer !== null}>
          {children}
        </Shell>
      </body>
    </html>
  );
}
