import { cache } from "react";
import { asksForWholePages } from "@/app/cookies/whole";

const asked = cache(() => ({ byAddress: false }));

/** Has the page of this request come whole, also where no cookie says so. */
export function askForWholePage(): void {
  asked().byAddress = true;
}

/** Whether nothing of this page is to be streamed. */
export const isWhole = cache(async () => asked().byAddress || (await asksForWholePages()));
