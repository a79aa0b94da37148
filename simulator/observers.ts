/** A request to the simulated REST API and what was answered. */
export interface ApiExchange {
  readonly kind: "api";
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly form: Readonly<Record<string, string | string[]>>;
  /** The request's headers; credentials left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null when no answer was given (the faults `hang` and `lostAnswer`). */
  readonly status: number | null;
  readonly responseBody: unknown;
}

/** One try at delivering a webhook: a status callback, an inbound message or an inbound call. */
export interface WebhookExchange {
  readonly kind: "webhook";
  /** As requested, without the fragment. */
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Null when there was no answer. */
  readonly status: number | null;
}

export type Exchange = ApiExchange | WebhookExchange;
export type ExchangeListener = (exchange: Exchange) => void;

/** Those who watch the wire: contract tests, mostly. */
export class Observers {
  readonly #listeners = new Set<ExchangeListener>();

  /** Be told of every exchange from now on; the function returned ends it. */
  add(listener: ExchangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(exchange: Exchange): void {
    for (const listener of this.#listeners) listener(exchange);
  }
}

/** Query or form parameters as an object; one given several times becomes a list. */
export function parametersToObject(parameters: URLSearchParams): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const [value = "", ...more] = parameters.getAll(name);
    result[name] = more.length === 0 ? value : [value, ...more];
  }
  return result;
}
