"use client";

import { Fault } from "@/components/ui/fault";
import { sans } from "./fonts";
import "./globals.css";

/** Stands in for the layout itself when that fails. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={sans.variable}>
      <body className="bg-ground font-sans text-14 text-ink">
        <main>
          <Fault title="Something broke on our side" error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
