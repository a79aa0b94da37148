/**
 * The Twilio SDK's client: one for the process, with connections kept alive.
 */
import twilio from "twilio";
import type RequestClient from "twilio/lib/base/RequestClient";
import { env, required } from "../env";

/** The longest one call to Twilio may take, in milliseconds; past it, the outcome of a send is unknown. */
const CALL_TIMEOUT_MS = 10_000;

/**
 * Sends every request of the SDK to another origin. The SDK has no option for that; replacing protocol and host of the
 * finished request works for all of its hosts, whatever TWILIO_EDGE and TWILIO_REGION made of them.
 */
class RedirectedRequestClient extends twilio.RequestClient {
  constructor(
    private readonly origin: string,
    options: ClientOptions,
  ) {
    super(options);
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>) {
    const target = new URL(options.uri);
    return super.request<TData>({ ...options, uri: this.origin + target.pathname + target.search });
  }
}

type ClientOptions = RequestClient.RequestClientOptions;

const OPTIONS: ClientOptions = {
  timeout: CALL_TIMEOUT_MS,
  // Retries 429 only, with full jitter: the one refusal after which Twilio has certainly done nothing.
  autoRetry: true,
  maxRetries: 3,
};

let client: twilio.Twilio | undefined;

/** The process's client, made at first use since it needs the configuration. */
export function twilioClient(): twilio.Twilio {
  return (client ??= createClient());
}

function createClient(): twilio.Twilio {
  const { TWILIO_API_ORIGIN: origin } = env();
  const httpClient = origin
    ? new RedirectedRequestClient(origin, OPTIONS)
    : new twilio.RequestClient(OPTIONS);
  return twilio(required("TWILIO_ACCOUNT_SID"), required("TWILIO_AUTH_TOKEN"), { httpClient });
}
