/**
 * The frame around every route handler: who may call, what the request says, and how the answer looks. Handlers use the web's
 * own `Request` and `Response`, so they can be served by other means than Next.
 */
import { randomUUID, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { mayReadDashboard } from "./account/access";
import { findViewer, sessionCookieName } from "./account/session";
import type { Operation } from "./api/operations";
import { objectBehind } from "./api/schemas";
import { isUnavailable } from "./db";
import { env } from "./env";
import { PROBLEMS, type ProblemCode, type Refusal } from "./errors";
import { log } from "./log";
import { isSignedByTwilio } from "./messaging/webhook";
import { keyedHash } from "./secrets";

/** The largest body read, in bytes: ours are a few hundred, and Twilio's forms a few thousand. */
const MAX_BODY_BYTES = 64 * 1024;

/** A refusal on its way to its answer. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly options: ProblemOptions = {},
  ) {
    super(options.detail ?? PROBLEMS[code].title);
  }
}

interface ProblemOptions {
  /** One sentence: what happened and what to do. */
  detail?: string;
  /** Seconds. */
  retryAfter?: number;
  errors?: { field: string; message: string }[];
  /** Further members of the answer. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler gets: the request's parts, checked against its operation's schemas. */
export interface Input<Op extends Operation> {
  params: Parsed<Op["params"]>;
  query: Parsed<Op["query"]>;
  headers: Parsed<Op["headers"]>;
  body: Parsed<Op["body"]>;
  request: Request;
  /** Digest of the caller's API key; undefined where the operation takes none. */
  apiKey: Op["caller"] extends "key" ? Uint8Array<ArrayBuffer> : undefined;
}

type Handler<Op extends Operation> = (input: Input<Op>) => Promise<Response> | Response;

/** What Next calls: the request, and the values of the path's parameters. */
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;
interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** The handlers of one route file; a method it does not have answers 405. */
export function route(handlers: Partial<Record<Method, RouteHandler>>): Record<Method, RouteHandler> {
  const allow = METHODS.filter((method) => handlers[method]).join(", ");
  const refuse: RouteHandler = (request) =>
    framed(request, "(method not allowed)", () => {
      throw new Problem("method_not_allowed", { detail: `Use ${allow}.`, headers: { Allow: allow } });
    });
  return Object.fromEntries(METHODS.map((method) => [method, handlers[method] ?? refuse])) as Record<
    Method,
    RouteHandler
  >;
}

/** A route handler for an operation: checks the caller and the request, calls `handle`, turns problems into answers. */
export function endpoint<Op extends Operation>(operation: Op, handle: Handler<Op>): RouteHandler {
  return (request, context) =>
    framed(request, operation.path, async () => {
      const rawParams = await context.params;
      const apiKey = operation.caller === "key" ? authenticate(request) : undefined;
      if (operation.caller === "reader") await checkReader(request);
      const isTwilios = operation.caller === "twilio";
      // Before the body is read, which costs more than a glance at the headers.
      if (isTwilios && !request.headers.has("x-twilio-signature")) throw badSignature();
      const rawBody = operation.body && (await readBody(request, isTwilios));
      if (isTwilios) checkSignature(request, operation.path, rawParams, rawBody);
      const input = {
        params: operation.params && parseParams(operation.params, rawParams),
        query: operation.query && parse(operation.query, queryOf(request)),
        request,
        headers: operation.headers && parse(operation.headers, headersNamed(request, operation.headers)),
        body: operation.body && parse(operation.body, rawBody),
        apiKey,
      };
      return handle(input as Input<Op>);
    });
}

/** An address under `/api` where there is nothing. */
export const nothingHere: RouteHandler = (request) =>
  framed(request, "(no route)", () => {
    throw new Problem("not_found", { detail: "See /api/openapi.json for what there is." });
  });

/** The answer to an address no route can be looked up by; the server around Next gives it, since Next answers 500. */
export const malformedAddress = (request: Request): Promise<Response> =>
  framed(request, "(malformed)", () => {
    throw new Problem("malformed_address", {
      detail:
        "A percent sign is to be followed by two hexadecimal digits, and what they encode is to be UTF-8.",
    });
  });

/** The answer to a method that no address takes, such as TRACE; given by the server around Next, too. */
export const unknownMethod = (request: Request): Promise<Response> =>
  framed(request, "(unknown method)", () => {
    throw new Problem("method_not_allowed", {
      detail: "Use GET, POST, PUT, PATCH or DELETE.",
      headers: { Allow: METHODS.join(", ") },
    });
  });

/** A JSON answer. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
}

/** An XML answer, such as TwiML. */
export function xml(text: string): Response {
  return new Response(text, {
    headers: { "Content-Type": "text/xml; charset=utf-8", "Cache-Control": "no-store" },
  });
}

/** Turns a verb's refusal into its answer. */
export function refuse(refusal: Refusal, extra?: Record<string, unknown>): never {
  throw new Problem(refusal.problem, { ...refusal, extra });
}

async function framed(
  request: Request,
  path: string,
  work: () => Promise<Response> | Response,
): Promise<Response> {
  const started = performance.now();
  const requestId = requestIdOf(request);
  const response = await Promise.resolve()
    .then(work)
    .catch((error: unknown) => problemResponse(toProblem(error, requestId, path), requestId));
  response.headers.set("X-Request-Id", requestId);
  const ms = Math.round(performance.now() - started);
  log().info({ requestId, method: request.method, path, status: response.status, ms }, "request");
  return response;
}

/** The caller's own id where it is a plain token; anything else could forge log lines or carry a number. */
function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given && /^[\w.-]{1,64}$/.test(given) && !/\d{7}/.test(given) ? given : randomUUID();
}

function toProblem(error: unknown, requestId: string, path: string): Problem {
  if (error instanceof Problem) return error;
  log().error({ requestId, path, err: error }, "request failed");
  if (isUnavailable(error)) {
    return new Problem("unavailable", { detail: "Try again in a moment.", retryAfter: 2 });
  }
  return new Problem("internal_error", {
    detail: "Try again; if it stays, give the requestId to the operator.",
  });
}

function problemResponse({ code, options }: Problem, requestId: string): Response {
  const { status, title } = PROBLEMS[code];
  const { detail, errors, extra, retryAfter, headers } = options;
  const body = {
    type: `urn:otp-insights:problem:${code}`,
    title,
    status,
    detail,
    code,
    requestId,
    errors,
    ...extra,
  };
  return Response.json(body, {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
      ...headers,
    },
  });
}

/** The digest of the bearer key, when it is one of ours. */
function authenticate(request: Request): Uint8Array<ArrayBuffer> {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const digest = keyedHash("api key", given ?? "");
  // Every key is compared, each in constant time, so that the answer's time says nothing about any of them.
  const matches = env().API_KEYS.filter((key) => timingSafeEqual(keyedHash("api key", key), digest));
  if (!given || matches.length === 0) {
    throw new Problem("unauthorized", {
      detail: "Send one of the API keys as `Authorization: Bearer <key>`.",
      headers: { "WWW-Authenticate": "Bearer" },
    });
  }
  return digest;
}

/** Who may read reports: a program with a key, and whoever may see the dashboard. */
async function checkReader(request: Request): Promise<void> {
  if (request.headers.has("authorization")) return void authenticate(request);
  const token = cookieOf(request, sessionCookieName());
  const viewer = token ? await findViewer(token) : null;
  if (mayReadDashboard(viewer)) return;
  throw new Problem("unauthorized", {
    detail: "Send one of the API keys as `Authorization: Bearer <key>`, or sign in as an operator.",
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

function cookieOf(request: Request, name: string): string | undefined {
  const cookies = request.headers.get("cookie")?.split(/; */) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

function checkSignature(
  request: Request,
  path: string,
  params: Record<string, string | string[] | undefined>,
  form: unknown,
): void {
  const signedPath = path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
  const signature = request.headers.get("x-twilio-signature");
  if (!isSignedByTwilio(signature, signedPath, form as Record<string, string | string[]>))
    throw badSignature();
}

function badSignature(): Problem {
  return new Problem("bad_signature", {
    detail:
      "X-Twilio-Signature does not match: PUBLIC_BASE_URL and TWILIO_AUTH_TOKEN must be those Twilio uses.",
  });
}

async function readBody(request: Request, form: boolean): Promise<unknown> {
  const wanted = form ? "application/x-www-form-urlencoded" : "application/json";
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== wanted) {
    throw new Problem("unsupported_media_type", { detail: `Send the body as Content-Type: ${wanted}.` });
  }
  const text = await readText(request);
  if (form) return formFields(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    throw new Problem("malformed_json", { detail: "The body could not be parsed as JSON." });
  }
}

/** Reads no more than the limit, whatever the request says of its length. */
async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (!request.body) return "";
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      throw new Problem("body_too_large", { detail: `The body may have ${MAX_BODY_BYTES} bytes.` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A query's parameters; one that comes several times is an array. */
function queryOf(request: Request): Record<string, string | string[]> {
  return formFields(new URL(request.url).searchParams);
}

/** Twilio's forms have some thirty fields. */
const MAX_FIELDS = 200;

/** A form's fields; one that comes several times is an array, as Twilio's signature takes it. */
function formFields(form: URLSearchParams): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  let count = 0;
  for (const [name, value] of form) {
    count += 1;
    if (count > MAX_FIELDS)
      throw new Problem("body_too_large", { detail: `A form may have ${MAX_FIELDS} fields.` });
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(fields);
}

/** A path parameter of the wrong form names nothing. */
function parseParams(schema: z.ZodObject, params: unknown): unknown {
  const result = schema.safeParse(params);
  if (!result.success) throw new Problem("not_found", { detail: "There is nothing with this id." });
  return result.data;
}

function headersNamed(request: Request, schema: z.ZodObject): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, request.headers.get(name) ?? undefined]),
  );
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") {
      // Of a repeated parameter, which of its values is wrong shows from what is allowed.
      const path = issue.path.filter((part) => typeof part === "string");
      return [{ field: path.join(".") || "body", message: issue.message }];
    }
    const known = Object.keys(objectBehind(schema).shape).join(", ");
    return issue.keys.map((field) => ({ field, message: `is not known here; there are ${known}` }));
  });
  throw new Problem("invalid_request", {
    detail: errors.map(({ field, message }) => `${field}: ${message}`).join("; "),
    errors,
  });
}
