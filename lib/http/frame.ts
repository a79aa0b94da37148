/**
 * The frame around every route handler: who may call, what the request says, and how the answer looks. Handlers use the web's
 * own `Request` and `Response`, so they can be served by other means than Next.
 */
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { log } from "../log";
import { tableOf } from "../terms/names";
import {
  firstTexts,
  headersNamed,
  parse,
  parseParams,
  queryOf,
  readForm,
  readJson,
  type FormFields,
} from "./body";
import {
  authenticate,
  badSignature,
  checkOperator,
  checkReader,
  checkSignature,
  type PathParams,
} from "./caller";
import type { Operation } from "./operation";
import { Problem, problemResponse, toProblem } from "./problem";

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
  /** Whether a reader is one of ours: who is not learns no person's address, and no verification's id. */
  isOurs: Op["caller"] extends "reader" ? boolean : undefined;
}

type Handler<Op extends Operation> = (input: Input<Op>) => Promise<Response> | Response;

/** What Next calls: the request, and the values of the path's parameters. */
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;
interface RouteContext {
  params: Promise<PathParams>;
}

/** All that an address may take. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** The handlers of one route file; a method it does not have answers 405. */
export function route(handlers: Partial<Record<Method, RouteHandler>>): Record<Method, RouteHandler> {
  const allow = METHODS.filter((method) => handlers[method]).join(", ");
  const refuse: RouteHandler = (request) =>
    framed(request, "(method not allowed)", () => {
      throw new Problem("method_not_allowed", { detail: `Use ${allow}.`, headers: { Allow: allow } });
    });
  return tableOf(METHODS, (method) => handlers[method] ?? refuse);
}

/** A route handler for an operation: checks the caller and the request, calls `handle`, turns problems into answers. */
export function endpoint<Op extends Operation>(operation: Op, handle: Handler<Op>): RouteHandler {
  return (request, context) =>
    framed(request, operation.path, async () => {
      const rawParams = await context.params;
      const apiKey = operation.caller === "key" ? authenticate(request) : undefined;
      const isOurs = operation.caller === "reader" ? await checkReader(request) : undefined;
      if (operation.caller === "operator") await checkOperator(request);
      const rawBody =
        operation.caller === "twilio"
          ? await signedForm(request, operation, rawParams)
          : operation.body && (await readJson(request));
      const input = {
        params: operation.params && parseParams(operation.params, rawParams),
        query: operation.query && parse(operation.query, queryOf(request)),
        request,
        headers: operation.headers && parse(operation.headers, headersNamed(request, operation.headers)),
        body: operation.body && parse(operation.body, rawBody),
        apiKey,
        isOurs,
      };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each part is what its own schema made, which is not known of an `Op` that may be any
      return handle(input as Input<Op>);
    });
}

/** The form of a request by Twilio, whose signature is over its fields. */
async function signedForm(
  request: Request,
  { path, takesAnything }: Operation,
  params: PathParams,
): Promise<FormFields> {
  // Before the body is read, which costs more than a glance at the headers.
  if (!request.headers.has("x-twilio-signature")) throw badSignature();
  const form = await readForm(request);
  checkSignature(request, path, params, form);
  return takesAnything ? firstTexts(form) : form;
}

/**
 * Does the work of a request: whatever comes of it is an answer with the request's id, and a line in the log.
 *
 * @param path what stands in the log in place of the path, which may have a secret in it
 */
export async function framed(
  request: Request,
  path: string,
  work: () => Promise<Response> | Response,
): Promise<Response> {
  const started = performance.now();
  const requestId = requestIdOf(request);
  const response = await Promise.resolve()
    .then(work)
    .catch((error: unknown) => {
      if (request.signal.aborted) return clientHasGone();
      return problemResponse(toProblem(error, requestId, path), requestId);
    });
  response.headers.set("X-Request-Id", requestId);
  const ms = Math.round(performance.now() - started);
  log().info({ requestId, method: request.method, path, status: response.status, ms }, "request");
  return response;
}

/** Nobody gets this: it is what the log has, nginx's number for a client that went before its answer. That work was given up is no fault. */
function clientHasGone(): Response {
  return new Response(null, { status: 499 });
}

/** The caller's own id where it is a plain token; anything else could forge log lines or carry a number. */
function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given && /^[\w.-]{1,64}$/.test(given) && !/\d{7}/.test(given) ? given : randomUUID();
}
