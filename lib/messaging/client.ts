/**
 * The Twilio SDK's client: one for the process, with connections kept alive.
 */
import twilio from "twilio";
import { env, required } from "../env";
import { TwilioRequestClient } from "./request-client";

/** The client, and the configuration that it was made from: tests and benchmarks set one after the other. */
let made: { client: twilio.Twilio; from: object } | undefined;

/** The process's client, made at first use since it needs the configuration. */
export function twilioClient(): twilio.Twilio {
  const from = env();
  if (made?.from !== from) made = { client: createClient(), from };
  return made.client;
}

function createClient(): twilio.Twilio {
  const httpClient = new TwilioRequestClient(env().TWILIO_API_ORIGIN);
  return twilio(required("TWILIO_ACCOUNT_SID"), required("TWILIO_AUTH_TOKEN"), { httpClient });
}
