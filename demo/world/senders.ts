/**
 * What the sample world's messages are sent from. Beside the configured number there is a Messaging Service for some countries, and names where those
 * are allowed; in a few countries both are in use, so that there is something to compare.
 */
import type { TrackedAction } from "@/lib/terms/actions";
import type { Channel } from "@/lib/terms/channels";
import { languageOf } from "@/lib/messaging/body";
import { DESTINATIONS } from "./destinations";
import type { Phone } from "./world";

interface SampleSender {
  address: string;
  channel: Channel;
  /** Of WhatsApp: the template of codes. */
  contentSid: string | null;
  label: string;
  /** ISO 3166-1 alpha-2. */
  countries: readonly string[];
  /** The number that Twilio picks, of a Messaging Service. */
  picks: string | null;
}

const SMS = { channel: "sms", contentSid: null } as const;

const SERVICE: SampleSender = {
  ...SMS,
  address: "MG00000000000000000000000000000a51",
  label: "Asia, local numbers",
  countries: ["ID", "IN", "PH", "TH", "VN", "MY"],
  picks: "+15017122661",
};

const NAME: SampleSender = {
  ...SMS,
  address: "OTPINSIGHTS",
  label: "Name, Europe",
  countries: ["DE", "GB", "FR", "ES", "IT", "NL", "PL"],
  picks: null,
};

const WHATSAPP: SampleSender = {
  address: "whatsapp:+15005550008",
  channel: "whatsapp",
  contentSid: "HX00000000000000000000000000000c0d",
  label: "WhatsApp, Latin America",
  countries: ["MX", "CO", "PE"],
  picks: null,
};

const OTHERS: readonly SampleSender[] = [SERVICE, NAME, WHATSAPP];

/** The number the demo sends from, see scripts/demo/settings.ts. It serves the rest of the world, or the others would send nothing from now on. */
const CONFIGURED: SampleSender = {
  ...SMS,
  address: "+15005550006",
  label: "Configured",
  countries: DESTINATIONS.map(({ country }) => country).filter(
    (country) => !OTHERS.some(({ countries }) => countries.includes(country)),
  ),
  picks: null,
};

export const SAMPLE_SENDERS: readonly SampleSender[] = [CONFIGURED, ...OTHERS];

/**
 * Phones are told apart by their last digit, as whoever has no better way splits them: two of five still get the configured sender's. Of
 * WhatsApp they all get codes alone.
 */
export function senderTo({ place, number }: Phone, action: TrackedAction): SampleSender {
  const own = OTHERS.find(({ countries }) => countries.includes(place.country));
  if (own?.channel === "whatsapp" && action !== "code") return CONFIGURED;
  return own && Number(number.at(-1)) >= 4 ? own : CONFIGURED;
}

/** One phone of eight is set to English, wherever it is. */
export function localeOf({ place, number }: Phone): string {
  return languageOf(Number(number.at(-2)) % 8 === 3 ? "en" : null, place.country);
}
