import type { Observers } from "../observers";
import type { SimulatedTime } from "../simulated-time";
import { signWebhook, withoutFragment } from "../twilio/signature";
import { parseConnectionOverrides, type RetryPolicy } from "./connection-overrides";
import { postForm, type PostResult } from "./post-form";

/** Simulated milliseconds before the first retry; each further pause is twice as long. All five fit into 15 s. */
const FIRST_PAUSE = 250;

/** Posts signed webhooks as Twilio does, retrying as the URL's fragment asks. */
export class WebhookSender {
  constructor(
    private readonly authToken: string,
    private readonly time: SimulatedTime,
    private readonly observers: Observers,
  ) {}

  /** The result of the last try. Rejects when the simulator stops meanwhile. */
  async post(url: string, form: Readonly<Record<string, string>>): Promise<PostResult> {
    const { signal } = this.time;
    const { connectTimeout, readTimeout, totalTime, retries, policies } = parseConnectionOverrides(url);
    const target = withoutFragment(url);
    const headers = {
      "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
      "User-Agent": "TwilioProxy/1.1",
      "X-Twilio-Signature": signWebhook(this.authToken, url, form),
    };
    const deadline = Date.now() + totalTime;

    for (let attempt = 1; ; attempt += 1) {
      const left = Math.max(1, deadline - Date.now());
      const result = await postForm(target, form, headers, {
        connectTimeout: Math.min(connectTimeout, left),
        readTimeout: Math.min(readTimeout, left),
        signal,
      });
      this.observers.notify({ kind: "webhook", url: target, form, headers, attempt, status: result.status });
      if (attempt > retries || Date.now() >= deadline || !shouldRetry(result, policies)) return result;
      await this.time.sleep(FIRST_PAUSE * 2 ** (attempt - 1));
    }
  }
}

function shouldRetry({ status, failure }: PostResult, policies: ReadonlySet<RetryPolicy>): boolean {
  if (status !== null && status >= 200 && status < 300) return false;
  const kind = failure ?? (status >= 500 ? "5xx" : status >= 400 ? "4xx" : "all");
  return policies.has("all") || policies.has(kind);
}
