/**
 * What is posted to a page: one of our own forms, or what the phone's page asks as JSON. Next answers whatever else with a 500, so that anybody could ring the
 * alarm that counts them; and it reads a body as slowly as it comes.
 */
import { IncomingMessage, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { hostOfOrigin, ownHost } from "@/lib/own-origin";
import { boundAction, hasArguments, isActionId, isCallWithNothing } from "./action-fields";
import { encodeForm, fieldsOf, type EncodedForm } from "./form-fields";

/** Ours carry a number, a code or a password. In bytes; next.config.js says the same. */
const MOST_FORM_BYTES = 16 * 1024;

/** Why a post is not passed on: in words for the person who may see them. */
interface FormFault {
  status: 400 | 403 | 409 | 413 | 415;
  words: string;
}

/** The host that a form was posted from and what is passed on of it; what is wrong with it; or null when the client went away in the middle. */
type Taken = { host: string; form: EncodedForm } | { fault: FormFault } | null;

/** A form that an action can read. */
interface Understood {
  action: string;
  form: EncodedForm;
}

/** By this React knows in a page that it is of another build, and says so to the page. */
const NOT_FOUND_HEADER = "X-Nextjs-Action-Not-Found";

/**
 * Passes a post to a page on when it is a form of ours, and says what is wrong with it when it is none.
 *
 * @param actions those there are; null when anything may be one
 * @param serve gets the request with its body at hand
 */
export async function takeForm(
  request: IncomingMessage,
  response: ServerResponse,
  actions: ReadonlySet<string> | null,
  serve: (request: IncomingMessage) => void,
): Promise<void> {
  const taken = await take(request, actions);
  if (taken === null) return void response.destroy();
  if ("form" in taken) {
    serve(withBody(request, taken.host, taken.form));
    return;
  }
  const { status, words } = taken.fault;
  if (status === 409) response.setHeader(NOT_FOUND_HEADER, "1");
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
  response.end(`${words}\n`);
}

async function take(request: IncomingMessage, actions: ReadonlySet<string> | null): Promise<Taken> {
  const { headers } = request;
  const host = senderOf(headers);
  if (!host) {
    return fault(403, "This was not sent by a page of ours. Open the page again, and send it from there.");
  }
  const action = headers["next-action"]?.toString();
  if (action !== undefined && !isActionId(action)) {
    return fault(400, "The header Next-Action names no action.");
  }
  const type = headers["content-type"] ?? "";
  // Written in lower case by every browser, and looked for so by Next.
  const isForm = /^multipart\/form-data(?:;|$)/.test(type);
  const isJson = action === undefined && /^application\/json(?:;|$)/.test(type);
  const isText = action !== undefined && /^text\/plain(?:;|$)/.test(type);
  if (!isForm && !isJson && !isText) return fault(415, "Send a form as multipart/form-data.");
  const body = await readBody(request);
  if (body === "gone") return null;
  if (body === "too large") return fault(413, `A form may have ${MOST_FORM_BYTES} bytes.`);
  // Whoever takes JSON reads it: no page and no action does.
  if (isJson) return { host, form: { type, body } };
  const understood = await understand(body, type, action);
  if (!understood) {
    return fault(400, "The form could not be read. Open the page again, and send it from there.");
  }
  if (actions?.has(understood.action) === false) {
    return fault(409, "The page is older than this server. Open it again, and send the form from there.");
  }
  return { host, form: understood.form };
}

/** What a body asks of which action; null when no action could read it. */
async function understand(
  body: Buffer,
  type: string,
  action: string | undefined,
): Promise<Understood | null> {
  if (action !== undefined && type.startsWith("text/plain")) {
    const form = { type: "text/plain;charset=UTF-8", body };
    return isCallWithNothing(action, body.toString()) ? { action, form } : null;
  }
  const fields = await fieldsOf(body, type);
  if (!fields) return null;
  const called = action ?? boundAction(fields);
  if (called === null || (action !== undefined && !hasArguments(action, fields))) return null;
  return { action: called, form: encodeForm(fields) };
}

function fault(status: FormFault["status"], words: string): { fault: FormFault } {
  return { fault: { status, words } };
}

/**
 * The host of the page of ours that a form was posted from; undefined when it was posted from elsewhere.
 *
 * A browser names the origin with every post. Under `Referrer-Policy: no-referrer`, which a link's page has, it names `null`, and
 * says in `Sec-Fetch-Site`, which no page can set, whether that was our own.
 */
function senderOf(headers: IncomingHttpHeaders): string | undefined {
  const { origin = "null", host } = headers;
  if (origin !== "null") return hostOfOrigin(origin);
  return headers["sec-fetch-site"] === "same-origin" ? ownHost(host) : undefined;
}

/** By hand: to leave a loop over the request in the middle would hang up on it, before the answer. */
function readBody(request: IncomingMessage): Promise<Buffer | "too large" | "gone"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.byteLength;
      // What comes after it is let go by.
      if (bytes > MOST_FORM_BYTES) resolve("too large");
      else chunks.push(chunk);
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", () => resolve("gone"));
    request.once("close", () => resolve("gone"));
  });
}

/** The same request with its whole body at hand. Next compares the hosts of its origin and of itself, which we have done. */
function withBody(request: IncomingMessage, host: string, { type, body }: EncodedForm): IncomingMessage {
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders, headers } = request;
  const whole = Object.assign(new IncomingMessage(request.socket), {
    method,
    url,
    httpVersion,
    httpVersionMajor,
    httpVersionMinor,
    rawHeaders,
    complete: true,
  });
  whole.headers = {
    ...headers,
    host,
    origin: `http://${host}`,
    "content-type": type,
    "content-length": String(body.byteLength),
  };
  delete whole.headers["transfer-encoding"];
  whole.push(body);
  whole.push(null);
  return whole;
}
