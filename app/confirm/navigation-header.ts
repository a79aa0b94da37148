/** How the page of a link learns from `proxy.ts` whether a person navigated to it: `person` or `other`. */
export const NAVIGATION_HEADER = "x-navigation";
