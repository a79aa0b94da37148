/**
 * Where the people of the sample world live: plausible figures of an invented company, nobody's measurements.
 */
import type { CountryCode } from "libphonenumber-js/max";

export interface Destination {
  country: CountryCode;
  /** Its share of all logins, in parts of the sum. */
  share: number;
  /** IANA time zone its people live by; of several, the one of most. */
  zone: string;
  /** The share of people who finish when their message has arrived, 0 to 1. */
  completes: number;
  /** The share of messages that is never delivered, 0 to 1. */
  undelivered: number;
  /** Median seconds from the carrier to the handset. */
  seconds: number;
  /** How the logins divide among networks, where the size of their ranges would tell it badly. */
  networks?: Record<string, number>;
  /** National prefixes of mobile numbers, where range holders are not published or the calling code is shared. */
  prefixes?: string[];
}

type Row = readonly [CountryCode, number, string, number, number, number];

/** Country, share, zone, then percent that complete, percent undelivered, median seconds. */
const ROWS: readonly Row[] = [
  ["US", 13, "America/Chicago", 95, 2.2, 2.4],
  ["IN", 10, "Asia/Kolkata", 91, 4.8, 4.2],
  ["ID", 10, "Asia/Jakarta", 95, 3.6, 4],
  ["BR", 7, "America/Sao_Paulo", 93, 4.1, 3.6],
  ["GB", 5.5, "Europe/London", 96, 1.4, 2.1],
  ["MX", 4.5, "America/Mexico_City", 92, 4.6, 3.8],
  ["DE", 4, "Europe/Berlin", 96, 1.5, 2.2],
  ["FR", 3.5, "Europe/Paris", 95, 1.9, 2.5],
  ["PH", 3.5, "Asia/Manila", 90, 6.2, 5],
  ["NG", 3, "Africa/Lagos", 84, 9.4, 7.5],
  ["TR", 2.8, "Europe/Istanbul", 93, 3.3, 3],
  ["VN", 2.5, "Asia/Ho_Chi_Minh", 91, 5.2, 4.4],
  ["PK", 2.5, "Asia/Karachi", 85, 8.6, 7],
  ["JP", 2.4, "Asia/Tokyo", 97, 1.2, 2],
  ["ES", 2.2, "Europe/Madrid", 95, 1.8, 2.4],
  ["IT", 2.2, "Europe/Rome", 95, 2, 2.6],
  ["CO", 2, "America/Bogota", 92, 4.4, 3.9],
  ["BD", 2, "Asia/Dhaka", 86, 7.9, 6.8],
  ["CA", 2, "America/Toronto", 95, 2.1, 2.3],
  ["EG", 1.8, "Africa/Cairo", 89, 5.8, 5.2],
  ["TH", 1.8, "Asia/Bangkok", 93, 3.7, 3.4],
  ["PL", 1.6, "Europe/Warsaw", 95, 1.8, 2.3],
  ["AU", 1.6, "Australia/Sydney", 96, 1.6, 2.2],
  ["AR", 1.5, "America/Argentina/Buenos_Aires", 91, 5, 4.1],
  ["KR", 1.4, "Asia/Seoul", 97, 1.1, 1.9],
  ["SA", 1.3, "Asia/Riyadh", 93, 3.2, 3.1],
  ["MY", 1.3, "Asia/Kuala_Lumpur", 93, 3.4, 3.3],
  ["AE", 1.2, "Asia/Dubai", 94, 2.8, 2.9],
  ["ZA", 1.2, "Africa/Johannesburg", 92, 4.3, 3.7],
  ["NL", 1.1, "Europe/Amsterdam", 96, 1.5, 2.1],
  ["UA", 1.1, "Europe/Kyiv", 92, 4.7, 4],
  ["PE", 1, "America/Lima", 91, 5.1, 4.2],
  ["CL", 0.9, "America/Santiago", 93, 3.5, 3.3],
  ["KE", 0.9, "Africa/Nairobi", 91, 5.4, 4.3],
  ["RO", 0.8, "Europe/Bucharest", 94, 2.4, 2.8],
  ["MA", 0.8, "Africa/Casablanca", 89, 6.1, 5.3],
  ["SE", 0.7, "Europe/Stockholm", 96, 1.4, 2],
  ["BE", 0.7, "Europe/Brussels", 95, 1.7, 2.2],
  ["PT", 0.7, "Europe/Lisbon", 95, 1.9, 2.4],
  ["TW", 0.7, "Asia/Taipei", 95, 2.1, 2.4],
  ["GR", 0.6, "Europe/Athens", 94, 2.5, 2.7],
  ["IL", 0.6, "Asia/Jerusalem", 95, 2, 2.3],
  ["CZ", 0.6, "Europe/Prague", 95, 1.8, 2.3],
  ["HK", 0.6, "Asia/Hong_Kong", 95, 2, 2.2],
  ["SG", 0.6, "Asia/Singapore", 96, 1.5, 2],
  ["GH", 0.6, "Africa/Accra", 87, 7.6, 6.1],
  ["TZ", 0.5, "Africa/Dar_es_Salaam", 86, 8.1, 6.6],
  ["UZ", 0.5, "Asia/Tashkent", 88, 6.8, 5.8],
  ["KZ", 0.5, "Asia/Almaty", 91, 4.9, 4.4],
  ["LK", 0.5, "Asia/Colombo", 90, 5.5, 4.8],
  ["NP", 0.5, "Asia/Kathmandu", 87, 7.4, 6.2],
  ["EC", 0.5, "America/Guayaquil", 91, 5.3, 4.5],
  ["AT", 0.5, "Europe/Vienna", 96, 1.6, 2.2],
  ["CH", 0.5, "Europe/Zurich", 96, 1.4, 2.1],
  ["HU", 0.45, "Europe/Budapest", 95, 2.1, 2.5],
  ["GT", 0.45, "America/Guatemala", 89, 6.3, 5.1],
  ["IE", 0.4, "Europe/Dublin", 96, 1.5, 2.2],
  ["NO", 0.4, "Europe/Oslo", 96, 1.3, 2],
  ["DK", 0.4, "Europe/Copenhagen", 96, 1.3, 2],
  ["DO", 0.4, "America/Santo_Domingo", 90, 5.6, 4.6],
  ["FI", 0.35, "Europe/Helsinki", 96, 1.3, 2],
  ["NZ", 0.35, "Pacific/Auckland", 95, 1.8, 2.3],
  ["UG", 0.35, "Africa/Kampala", 86, 8.3, 6.7],
  ["BO", 0.3, "America/La_Paz", 89, 6.4, 5.2],
  ["PY", 0.3, "America/Asuncion", 90, 5.8, 4.9],
  ["CR", 0.3, "America/Costa_Rica", 92, 4.2, 3.9],
  ["VE", 0.3, "America/Caracas", 82, 11.2, 8.4],
  ["SK", 0.3, "Europe/Bratislava", 95, 2, 2.4],
  ["RS", 0.3, "Europe/Belgrade", 94, 2.7, 2.9],
  ["HR", 0.3, "Europe/Zagreb", 94, 2.4, 2.7],
  ["JO", 0.3, "Asia/Amman", 91, 4.6, 4.2],
  ["TN", 0.3, "Africa/Tunis", 90, 5.7, 4.8],
  ["ET", 0.3, "Africa/Addis_Ababa", 83, 10.1, 8.1],
  ["SN", 0.3, "Africa/Dakar", 87, 7.5, 6],
  ["CI", 0.3, "Africa/Abidjan", 87, 7.7, 6.2],
  ["CM", 0.3, "Africa/Douala", 86, 8.4, 6.9],
  ["KH", 0.3, "Asia/Phnom_Penh", 89, 6.2, 5.4],
  ["MM", 0.3, "Asia/Yangon", 84, 9.8, 7.8],
  ["QA", 0.25, "Asia/Qatar", 94, 2.9, 2.9],
  ["PA", 0.25, "America/Panama", 92, 4.3, 4],
  ["AZ", 0.25, "Asia/Baku", 90, 5.6, 4.9],
  ["OM", 0.2, "Asia/Muscat", 93, 3.6, 3.4],
  ["GE", 0.2, "Asia/Tbilisi", 92, 4, 3.8],
  ["ZM", 0.2, "Africa/Lusaka", 86, 8.2, 6.6],
  ["UY", 0.2, "America/Montevideo", 94, 3, 3.2],
  ["HN", 0.2, "America/Tegucigalpa", 88, 7, 5.6],
  ["SV", 0.2, "America/El_Salvador", 89, 6.2, 5.1],
  ["AM", 0.15, "Asia/Yerevan", 92, 4.1, 3.9],
  ["KG", 0.15, "Asia/Bishkek", 89, 6.3, 5.4],
  ["TJ", 0.12, "Asia/Dushanbe", 85, 8.9, 7.2],
  ["JM", 0.1, "America/Jamaica", 91, 4.9, 4.3],
];

const NETWORKS: Partial<Record<CountryCode, Record<string, number>>> = {
  ID: { Telkomsel: 58, "Indosat Ooredoo Hutchison": 22, XL: 15, Smartfren: 5 },
  IN: { "Reliance Jio": 42, Airtel: 35, Idea: 12, Vodafone: 11 },
  PK: { Jazz: 42, Telenor: 26, Zong: 22, Ufone: 10 },
  BR: { Vivo: 38, Claro: 34, TIM: 24, Oi: 4 },
};

const PREFIXES: Partial<Record<CountryCode, string[]>> = {
  US: ["201", "212", "214", "310", "312", "404", "415", "512", "602", "617", "702", "713", "786", "917"],
  CA: ["403", "416", "514", "604", "613", "647", "778", "902"],
  MX: ["33", "55", "656", "664", "81"],
  AR: ["911", "9221", "9261", "9341", "9351"],
  KZ: ["701", "702", "705", "707", "747", "771", "777", "778"],
  DO: ["809", "829", "849"],
  JM: ["876"],
};

export const DESTINATIONS: readonly Destination[] = ROWS.map(
  ([country, share, zone, completes, undelivered, seconds]) => ({
    country,
    share,
    zone,
    completes: completes / 100,
    undelivered: undelivered / 100,
    seconds,
    networks: NETWORKS[country],
    prefixes: PREFIXES[country],
  }),
);
