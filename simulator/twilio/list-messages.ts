import type { SimulatedMessage } from "../remembered";
import { writeAddress } from "./channel";
import { invalidParameter } from "./errors";
import { messageResource, messagesPath } from "./resources";

const USUAL_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 1_000;
const FILTERS = ["To", "From", "DateSent", "DateSent<", "DateSent>"] as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A page of messages as GET Messages.json answers it. `messages` come newest first. Throws a `TwilioError` for a filter
 * it cannot read.
 */
export function listMessages(
  accountSid: string,
  messages: readonly SimulatedMessage[],
  query: URLSearchParams,
) {
  const pageSize = pageSizeOf(query);
  const number = wholeNumber(query, "Page") ?? 0;
  const token = query.get("PageToken");

  const matching = messages.filter(matcher(query));
  const start = token === null ? number * pageSize : startFrom(token, matching, pageSize);
  const page = matching.slice(start, start + pageSize);
  const first = page[0];
  const last = page.at(-1);

  const uri = (index: number, pageToken?: string) => {
    const parameters = new URLSearchParams();
    for (const name of FILTERS) {
      const value = query.get(name);
      if (value) parameters.set(name, value);
    }
    parameters.set("PageSize", String(pageSize));
    parameters.set("Page", String(index));
    if (pageToken !== undefined) parameters.set("PageToken", pageToken);
    return `${messagesPath(accountSid)}.json?${parameters}`;
  };

  return {
    first_page_uri: uri(0),
    next_page_uri: last && start + pageSize < matching.length ? uri(number + 1, `PA${last.sid}`) : null,
    previous_page_uri: first && start > 0 && number > 0 ? uri(number - 1, `PB${first.sid}`) : null,
    uri: uri(number, token ?? undefined),
    page: number,
    page_size: pageSize,
    start: number * pageSize,
    end: number * pageSize + Math.max(0, page.length - 1),
    messages: page.map((message) => messageResource(accountSid, message)),
  };
}

/** A page is found by its neighbour and not by its number, so that messages arriving meanwhile shift nothing. */
function startFrom(token: string, matching: readonly SimulatedMessage[], pageSize: number): number {
  const neighbour = matching.findIndex(({ sid }) => sid === token.slice(2));
  if (neighbour === -1 || !/^P[AB]/.test(token)) throw invalidParameter("PageToken", "is not known");
  return token.startsWith("PA") ? neighbour + 1 : Math.max(0, neighbour - pageSize);
}

function pageSizeOf(query: URLSearchParams): number {
  const size = wholeNumber(query, "PageSize") ?? USUAL_PAGE_SIZE;
  if (size < 1) throw invalidParameter("PageSize", "must be from 1 to 1000");
  // The SDK asks for as large a page as its caller's `limit`; Twilio then gives its largest.
  return Math.min(size, LARGEST_PAGE_SIZE);
}

function wholeNumber(query: URLSearchParams, name: string): number | null {
  const value = query.get(name);
  if (!value) return null;
  if (!/^\d{1,9}$/.test(value)) throw invalidParameter(name, "must be a whole number");
  return Number(value);
}

/** Bounds are inclusive, though the SDK calls them before and after; one without a time covers its whole day. */
function matcher(query: URLSearchParams): (message: SimulatedMessage) => boolean {
  const to = query.get("To");
  const from = query.get("From");
  const on = period(query, "DateSent");
  const until = period(query, "DateSent<");
  const since = period(query, "DateSent>");
  const least = Math.max(on?.from ?? -Infinity, since?.from ?? -Infinity);
  const most = Math.min(on?.to ?? Infinity, until?.to ?? Infinity);
  const byDate = on !== null || until !== null || since !== null;

  return (message) => {
    if (to && writeAddress(message.channel, message.to) !== to) return false;
    if (from && writeAddress(message.channel, message.from ?? "") !== from) return false;
    // What was not sent yet has no date to match.
    return !byDate || (message.sentAt !== null && message.sentAt >= least && message.sentAt <= most);
  };
}

/** The day or second that a date filter names, in epoch milliseconds, both ends included. */
function period(query: URLSearchParams, name: string): { from: number; to: number } | null {
  const value = query.get(name);
  if (!value) return null;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
  // `2019-06-11 22:05:25` has no zone, and means UTC as all of Twilio's dates.
  const isZoneless = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value);
  const at = Date.parse(isZoneless ? `${value.replace(" ", "T")}Z` : value);
  if (Number.isNaN(at)) throw invalidParameter(name, "is not a date");
  const from = Math.floor(at / 1000) * 1000;
  return { from, to: from + (isDay ? DAY_MS : 1000) - 1 };
}
