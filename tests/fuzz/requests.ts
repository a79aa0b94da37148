/**
 * Requests drawn at random: over every operation of our OpenAPI document, over pages, forms and Twilio's webhooks, the last with
 * valid signatures.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { MULTIPART, multipart } from "@/tests/support/page-form";
import type { Draft, Target } from "./draft";
import { hostileText } from "./hostile";
import { known, valueOf } from "./schema";
import { twoReadings } from "./two-readings";
import { resolve } from "./world";

type Header = readonly [name: string, value: string];

const NOTHING = Buffer.alloc(0);

export function drafts(target: Target): fc.Arbitrary<Draft> {
  return fc.oneof(
    { weight: 10, arbitrary: operations(target) },
    { weight: 4, arbitrary: pages() },
    { weight: 3, arbitrary: forms(target) },
    { weight: 3, arbitrary: twoReadings(target) },
    { weight: 3, arbitrary: signedWebhooks(target) },
    { weight: 1, arbitrary: anyPath() },
  );
}

/** Calls of the API, with a key but for one in ten. */
function operations({ document, apiKey }: Target): fc.Arbitrary<Draft> {
  const find = (ref: string) => document.components?.schemas?.[ref.split("/").at(-1) ?? ""] ?? {};
  const all = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const given = (place: string) =>
        (operation.parameters ?? [])
          .filter((parameter) => parameter.in === place)
          .map(({ name, schema }) => [name, valueOf(name, schema ?? {}, find)] as const);
      const [mediaType = "application/json", body] =
        Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      return fc
        .record({
          inPath: fc.record(Object.fromEntries(given("path"))),
          query: some(Object.fromEntries(given("query"))),
          inHeader: some(Object.fromEntries(given("header"))),
          body: body ? valueOf("", body.schema ?? {}, find) : fc.constant(undefined),
          isCut: oneIn(20),
          mediaType: fc.oneof(
            { weight: 9, arbitrary: fc.constant(mediaType) },
            { weight: 1, arbitrary: hostileText },
          ),
          key: fc.oneof({ weight: 9, arbitrary: fc.constant(apiKey) }, { weight: 1, arbitrary: hostileText }),
          strange: strangeHeaders,
        })
        .map((drawn): Draft => ({
          kind: `${method} ${template}`,
          make: (world) => {
            const { inPath, query, inHeader, body: value } = resolve(drawn, world) as typeof drawn;
            const json = value === undefined ? "" : (JSON.stringify(value) ?? "");
            const text = mediaType.includes("form") ? formOf(value) : json;
            return {
              method: method.toUpperCase(),
              target:
                template.replace(/\{(\w+)\}/g, (_, name: string) => encoded(inPath[name])) + queryOf(query),
              headers: printable([
                ["Authorization", `Bearer ${drawn.key}`],
                ["Content-Type", drawn.mediaType],
                ...Object.entries(inHeader).map(([name, each]): Header => [name, asText(each)]),
                ...drawn.strange,
              ]),
              body: Buffer.from(drawn.isCut ? text.slice(0, text.length / 2) : text),
            };
          },
        }));
    }),
  );
  return fc.oneof(...all);
}

const QUERY_NAMES = [
  ...["range", "from", "to", "tz", "compare", "country", "country!", "network", "action", "status", "error"],
  ...[
    "confirmed",
    "view",
    "sort",
    "interval",
    "cursor",
    "after",
    "number",
    "id",
    "token",
    "t",
    "step",
    "key",
  ],
  ...["page", "limit", "format", "set-page", "add", "value", "live", "_rsc", "hour", "block", "resent"],
];

/** Every page and route outside the API, as its folders name it. */
const PAGES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => ["page.tsx", "route.ts"].includes(path.basename(file)))
  .map((file) => path.dirname(file).split(path.sep))
  .filter(([first]) => first !== "api")
  .map((segments) => `/${segments.filter((segment) => !/^[.(]/.test(segment)).join("/")}`);

const ASSETS = readdirSync("public", { recursive: true, encoding: "utf8" }).map((file) => `/${file}`);

function pages(): fc.Arbitrary<Draft> {
  return fc
    .record({
      page: fc.constantFrom(...PAGES, ...PAGES, ...ASSETS, "/_next/image", "/_next/static/x.js", "/confirm"),
      method: fc.constantFrom("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "OPTIONS"),
      part: fc.oneof(known("messageId"), known("id"), fc.constantFrom("US", "ID", "xx"), hostileText),
      query: fc.dictionary(
        fc.constantFrom(...QUERY_NAMES),
        fc.oneof(
          known("cursor"),
          known("id"),
          fc.constantFrom("US", "28d", "true", "code", "UTC"),
          hostileText,
        ),
        { maxKeys: 5 },
      ),
      isSignedIn: fc.boolean(),
      strange: strangeHeaders,
    })
    .map((drawn): Draft => ({
      kind: `page ${drawn.page}`,
      make: (world) => {
        const { page, part, query } = resolve(drawn, world) as typeof drawn;
        return {
          method: drawn.method,
          target: page.replace(/\[[^\]]+\]/g, () => encoded(part)) + queryOf(query),
          headers: printable([
            ["Accept", "text/html"],
            ...(drawn.isSignedIn ? ([["Cookie", world.cookie]] as const) : []),
            ...drawn.strange,
          ]),
          body: NOTHING,
        };
      },
    }));
}

/** Forms of pages, filled in by somebody who means no good. */
function forms({ port }: Target): fc.Arbitrary<Draft> {
  return fc
    .record({
      choice: fc.nat(10_000),
      typed: fc.array(fc.option(fc.oneof(known("code"), known("number"), hostileText)), {
        minLength: 30,
        maxLength: 30,
      }),
      isMultipart: fc.boolean(),
      isCut: oneIn(15),
      origin: fc.oneof(
        { weight: 8, arbitrary: fc.constant(`http://127.0.0.1:${port}`) },
        { weight: 1, arbitrary: fc.constantFrom("null", "https://evil.example") },
        { weight: 1, arbitrary: hostileText },
      ),
      changesHidden: oneIn(10),
      isSignedIn: fc.boolean(),
      strange: strangeHeaders,
    })
    .map((drawn): Draft => ({
      kind: "form",
      make: (world) => {
        const form = world.forms[drawn.choice % world.forms.length];
        if (!form) throw new Error("There is no form");
        const typed = resolve(drawn.typed, world) as (string | null)[];
        const fields = form.fields.map(([name, value], index): [string, string] => {
          const isHidden = name.startsWith("$ACTION");
          const other = isHidden && !drawn.changesHidden ? null : typed[index % typed.length];
          return [name, other ?? value];
        });
        const { mediaType, body } = drawn.isMultipart ? inParts(fields) : urlencoded(fields);
        return {
          method: "POST",
          target: form.action || form.page,
          headers: printable([
            ["Origin", drawn.origin],
            ["Content-Type", mediaType],
            ...(drawn.isSignedIn ? ([["Cookie", world.cookie]] as const) : []),
            ...drawn.strange,
          ]),
          body: drawn.isCut ? body.subarray(0, body.length / 2) : body,
        };
      },
    }));
}

const WEBHOOK_FIELDS = [
  ...["MessageSid", "SmsSid", "MessageStatus", "SmsStatus", "ErrorCode", "From", "To", "Body", "CallSid"],
  ...[
    "StirVerstat",
    "MessagingServiceSid",
    "NumMedia",
    "Price",
    "AccountSid",
    "OptOutType",
    "RawDlrDoneDate",
  ],
];

const STATUSES = [
  "queued",
  "sending",
  "sent",
  "delivered",
  "undelivered",
  "failed",
  "read",
  "canceled",
  "odd",
];

/** Webhooks as Twilio signs them, whatever is in them. */
function signedWebhooks({ port, authToken }: Target): fc.Arbitrary<Draft> {
  const value = fc.oneof(
    known("sid"),
    known("number"),
    fc.constantFrom(...STATUSES, "YES", "30003", "CA".padEnd(34, "a"), "SM".padEnd(34, "0")),
    hostileText,
  );
  return fc
    .record({
      path: fc.constantFrom("status", "status/", "messages", "calls"),
      messageId: fc.oneof(known("messageId"), fc.uuid(), hostileText),
      fields: fc.dictionary(fc.constantFrom(...WEBHOOK_FIELDS), fc.oneof(value, fc.tuple(value, value)), {
        maxKeys: 9,
      }),
      usual: fc.record({
        MessageSid: known("sid"),
        MessageStatus: fc.constantFrom(...STATUSES),
        From: known("number"),
        To: fc.constant("+15005550006"),
        CallSid: fc.constant("CA".padEnd(34, "b")),
      }),
    })
    .map((drawn): Draft => ({
      kind: `webhook ${drawn.path}`,
      make: (world) => {
        const { path: last, messageId, fields, usual } = resolve(drawn, world) as typeof drawn;
        const target = `/api/twilio/${last}${last.endsWith("/") ? encoded(messageId) : ""}`;
        const sent = { ...usual, ...fields } as unknown as Record<string, string | string[]>;
        const pairs = Object.entries(sent).flatMap(([name, each]) =>
          (Array.isArray(each) ? each : [each]).map((one): [string, string] => [name, one]),
        );
        // Signed as it arrives: a lone surrogate, say, is U+FFFD by then.
        const body = new URLSearchParams(pairs).toString();
        const arrived: Record<string, string | string[]> = {};
        for (const name of new Set(pairs.map(([each]) => each))) {
          const values = new URLSearchParams(body).getAll(name);
          arrived[name] = values.length > 1 ? values : (values[0] ?? "");
        }
        const url = `http://127.0.0.1:${port}${target}`;
        return {
          method: "POST",
          target,
          headers: [
            ["Content-Type", "application/x-www-form-urlencoded"],
            ["X-Twilio-Signature", webhooks.getExpectedTwilioSignature(authToken, url, arrived)],
          ],
          body: Buffer.from(body),
        };
      },
    }));
}

/** Paths that nobody gave out. */
function anyPath(): fc.Arbitrary<Draft> {
  return fc
    .record({
      prefix: fc.constantFrom(
        "/",
        "/api/",
        "/api/verifications/",
        "/api/insights/",
        "/_next/",
        "/destinations/",
        "/..",
      ),
      rest: hostileText,
      isEncoded: fc.boolean(),
      method: fc.constantFrom("GET", "POST", "DELETE", "TRACE", "PROPFIND"),
      strange: strangeHeaders,
    })
    .map(({ prefix, rest, isEncoded, method, strange }): Draft => ({
      kind: "any path",
      make: () => ({
        method,
        target: prefix + (isEncoded ? encoded(rest) : printableTarget(rest)),
        headers: printable(strange),
        body: NOTHING,
      }),
    }));
}

const HEADER_NAMES = [
  ...[
    "User-Agent",
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Cookie",
    "Referer",
    "Origin",
    "Range",
    "Host",
  ],
  ...[
    "If-None-Match",
    "If-Modified-Since",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "Forwarded",
    "Expect",
    "Upgrade",
  ],
  ...[
    "Idempotency-Key",
    "X-Request-Id",
    "Authorization",
    "Content-Encoding",
    "X-HTTP-Method-Override",
    "Purpose",
  ],
  ...[
    "Next-Action",
    "RSC",
    "Next-Router-State-Tree",
    "Next-Router-Prefetch",
    "Next-Url",
    "x-middleware-subrequest",
  ],
  ...[
    "Next-Router-Segment-Prefetch",
    "x-nextjs-data",
    "x-invoke-path",
    "x-matched-path",
    "x-now-route-matches",
  ],
];

/** Few requests have any; all have another client address, or the limit of one would answer for the rest. */
const strangeHeaders: fc.Arbitrary<Header[]> = fc
  .tuple(
    fc.ipV4(),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.tuple(fc.constantFrom(...HEADER_NAMES), hostileText), { maxLength: 4 }),
      },
    ),
  )
  .map(([address, others]): Header[] => [["X-Forwarded-For", address], ...others]);

const oneIn = (n: number): fc.Arbitrary<boolean> => fc.nat(n - 1).map((drawn) => drawn === 0);

/** The most fields that a query or the headers get: of twenty at once, one is always wrong, and the others are never looked at. */
const FIELDS_AT_ONCE = 4;

/** A record with a few of these fields, or none. */
function some(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .shuffledSubarray(Object.entries(fields), {
      maxLength: Math.min(FIELDS_AT_ONCE, Object.keys(fields).length),
    })
    .chain((chosen) => fc.record(Object.fromEntries(chosen)));
}

/** A number to start with is one of ours, now and then a new one; everything else says what it is. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function encoded(value: unknown): string {
  // A lone surrogate has no UTF-8.
  return encodeURIComponent(Buffer.from(asText(value)).toString());
}

function queryOf(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value.slice(0, 5) : [value]).map((each) => `${encoded(name)}=${encoded(each)}`),
  );
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

function formOf(value: unknown): string {
  if (value === null || typeof value !== "object") return asText(value);
  return new URLSearchParams(
    Object.entries(value).map(([name, each]): [string, string] => [name, asText(each)]),
  ).toString();
}

/** What ends a header's line would make another request of it: that is Node's parser's, which has tests of its own. */
function printable(headers: readonly Header[]): Header[] {
  return headers.map(([name, value]) => [name, value.replace(/[\r\n]/g, "").slice(0, 6_000)] as const);
}

function printableTarget(text: string): string {
  // Node refuses these itself, before any of our code.
  return text.replace(/[^\x21-\x7e]/g, "").slice(0, 6_000);
}

/** With names that stay inside their quotes: what two parsers make of other ones is two-readings.ts's. */
function inParts(fields: [string, string][]) {
  const named = fields.map(([name, value]): [string, string] => [name.replace(/["\r\n]/g, ""), value]);
  return { mediaType: MULTIPART, body: Buffer.from(multipart(named)) };
}

function urlencoded(fields: [string, string][]) {
  return {
    mediaType: "application/x-www-form-urlencoded",
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
}
