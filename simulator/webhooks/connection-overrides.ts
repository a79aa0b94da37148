/** What may be retried: a failed connection, a read time-out, an answer of that class; or any failure. */
const POLICIES = ["ct", "rt", "4xx", "5xx", "all"] as const;

export type RetryPolicy = (typeof POLICIES)[number];

/** How a webhook is delivered. Times are milliseconds. */
export interface ConnectionOverrides {
  readonly connectTimeout: number;
  readonly readTimeout: number;
  /** For all tries together, with the pauses between them. */
  readonly totalTime: number;
  /** How many more tries after the first one. */
  readonly retries: number;
  readonly policies: ReadonlySet<RetryPolicy>;
}

/**
 * The connection overrides in a webhook URL's fragment, e.g. `#rc=5&rp=4xx,5xx&rt=2000`, and Twilio's defaults for what
 * it leaves out: one retry, of a failed connection only. Values beyond Twilio's limits count as the limit, senseless
 * ones as absent. https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function parseConnectionOverrides(url: string): ConnectionOverrides {
  const fragment = new URLSearchParams(url.split("#")[1] ?? "");

  const number = (name: string, least: number, most: number, usual: number) => {
    const value = fragment.get(name);
    return value !== null && /^\d+$/.test(value) ? Math.min(most, Math.max(least, Number(value))) : usual;
  };
  const asked = (fragment.get("rp") ?? "").split(",");
  const policies = POLICIES.filter((policy) => asked.includes(policy));

  return {
    connectTimeout: number("ct", 100, 10_000, 5_000),
    readTimeout: number("rt", 100, 15_000, 15_000),
    totalTime: number("tt", 100, 15_000, 15_000),
    retries: number("rc", 0, 5, 1),
    policies: new Set(policies.length > 0 ? policies : ["ct"]),
  };
}
