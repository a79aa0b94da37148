/**
 * What is posted to a page: one of our own forms, or what the phone's page asks as JSON. Next answers whatever else with a 500, so that anybody could ring the
 * alarm that counts them; and it reads a body as slowly as it comes.
 */
import { IncomingMessage, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { hostOfOrigin, ownHost } from "@/lib/own-origin";
import { hasArguments, hasBoundArguments, isActionId, isCallWithNothing } from "./action-fields";

/** Ours carry a number, a code or a password. In bytes; next.config.js says the same. */
const MOST_FORM_BYTES = 16 * 1024;

/** Why a post is not passed on: in words for the person who may see them. */
interface FormFault {
  status: 400 | 403 | 413 | 415;
  words: string;
}

/** The host that a form was posted from and its whole body; what is wrong with it; or null when the client went away in the middle. */
type Taken = { host: string; body: Buffer } | { fault: FormFault } | null;

/**
 * Passes a post to a page on when it is a form of ours, and says what is wrong with it when it is none.
 *
 * @param serve gets the request with its body at hand
 */
export async function takeForm(
  request: IncomingMessage,
  response: ServerResponse,
  serve: (request: IncomingMessage) => void,
): Promise<void> {
  const taken = await take(request);
  if (taken === null) return void response.destroy();
  if ("body" in taken) {
    serve(withBody(request, taken.host, taken.body));
    return;
  }
  const { status, words } = taken.fault;
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
  response.end(`${words}\n`);
}

async function take(request: IncomingMessage): Promise<Taken> {
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
  if (isJson) return { host, body };
  if (!(await isReadable(body, type, action))) {
    return fault(400, "The form could not be read. Open the page again, and send it from there.");
  }
  return { host, body };
}

/** Whether the action that a body is for can read it. */
async function isReadable(body: Buffer, type: string, action: string | undefined): Promise<boolean> {
  if (action !== undefined && type.startsWith("text/plain"))
    return isCallWithNothing(action, body.toString());
  const fields = await fieldsOf(body, type);
  if (!fields) return false;
  return action === undefined ? hasBoundArguments(fields) : hasArguments(action, fields);
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

/** The form's fields, all of them texts; null when it is no form, or has a file, or the character that no text of the database has. */
async function fieldsOf(body: Buffer, type: string): Promise<Map<string, string> | null> {
  const response = new Response(new Uint8Array(body), { headers: { "Content-Type": type } });
  const form = await response.formData().catch(() => null);
  if (!form) return null;
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value !== "string" || value.includes("\0") || name.includes("\0")) return null;
    fields.set(name, value);
  }
  return fields.size > 0 ? fields : null;
}

/** The same request with its whole body at hand. Next compares the hosts of its origin and of itself, which we have done. */
function withBody(request: IncomingMessage, host: string, body: Buffer): IncomingMessage {
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
  whole.headers = { ...headers, host, origin: `http://${host}` };
  whole.push(body);
  whole.push(null);
  return whole;
}
