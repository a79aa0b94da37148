/** The app under measurement, and requests of it. */

export interface Target {
  origin: string;
  /** An API key. */
  key: string;
  /** The code in the newest message to a number. */
  codeFor: (number: string) => string | undefined;
}

export interface Taken {
  /** 0 when there was no answer. */
  status: number;
  /** Until the answer's headers, and until its end, in milliseconds. */
  first: number;
  ms: number;
  body: string;
}

/** A whole answer; one that does not come is no fault here, but a figure. */
export async function get(
  target: Pick<Target, "origin" | "key">,
  path: string,
  signal: AbortSignal,
): Promise<Taken> {
  return ask(target, path, { signal });
}

export async function post(target: Target, path: string, body: object, signal: AbortSignal): Promise<Taken> {
  return ask(target, path, { method: "POST", body: JSON.stringify(body), signal });
}

async function ask(
  { origin, key }: Pick<Target, "origin" | "key">,
  path: string,
  init: RequestInit,
): Promise<Taken> {
  const start = performance.now();
  const since = () => performance.now() - start;
  let first = NaN;
  try {
    const response = await fetch(origin + path, {
      ...init,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    });
    first = since();
    return { status: response.status, first, body: await response.text(), ms: since() };
  } catch {
    return { status: 0, first, body: "", ms: since() };
  }
}
