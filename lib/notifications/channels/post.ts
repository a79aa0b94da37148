/** Posts JSON to a receiver. */
import { DELIVERED, failed, TIMEOUT_MS, type Told } from "./channel";

/** What of an answer is read at all. */
const USER_AGENT = "otp-insights";

/**
 * Redirects are not followed: what is signed for one receiver is for no other. Whatever a receiver answers but 2xx is tried again, since
 * most of it passes when somebody acts; 410 says that nobody listens there any more.
 */
export async function postJson(
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Told> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", "User-Agent": USER_AGENT, ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // Its status is its answer: what comes of its body changes nothing.
    await response.body?.cancel().catch(() => undefined);
    return response.ok ? DELIVERED : failed(`http_${response.status}`, response.status === 410);
  } catch (error) {
    return failed(reasonOf(error));
  }
}

/** The system's code, such as ECONNREFUSED, or a word. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  if (error.name === "TimeoutError") return "timeout";
  const { cause } = error;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "failed";
}
