import { get } from "node:http";

/** What a browser sends along when its user follows a link. */
const NAVIGATION = {
  "Sec-Fetch-Mode": "navigate",
  "Sec-Fetch-Dest": "document",
  "Sec-Fetch-Site": "none",
  "Sec-Fetch-User": "?1",
  "User-Agent":
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
};

/**
 * Opens a link as a person's browser does, which fetch() cannot: it says itself how it was called, in `Sec-Fetch-Mode`.
 * Whoever meets an error page leaves.
 */
export async function openLink(url: string, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    get(url, { headers: NAVIGATION, signal, agent: false }, (response) => {
      response.on("close", resolve).resume();
    }).on("error", () => resolve());
  });
}
