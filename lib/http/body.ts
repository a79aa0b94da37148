/**
 * What a request says: its body, its query and its headers, each as far as it is read and checked.
 */
import type { z } from "zod";
import { objectBehind } from "./operation";
import { Problem } from "./problem";

/** The largest body read, in bytes: ours are a few hundred, and Twilio's forms a few thousand. */
const MAX_BODY_BYTES = 64 * 1024;

/** A form's fields; one that comes several times is an array, as Twilio's signature takes it. */
export type FormFields = Record<string, string | string[]>;

/** The fields of a body that is a form. */
export async function readForm(request: Request): Promise<FormFields> {
  checkMediaType(request, "application/x-www-form-urlencoded");
  return formFields(new URLSearchParams(await readText(request)));
}

/** What a body of JSON says. */
export async function readJson(request: Request): Promise<unknown> {
  checkMediaType(request, "application/json");
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    throw new Problem("malformed_json", { detail: "The body could not be parsed as JSON." });
  }
}

function checkMediaType(request: Request, wanted: string): void {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== wanted) {
    throw new Problem("unsupported_media_type", { detail: `Send the body as Content-Type: ${wanted}.` });
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
export function queryOf(request: Request): FormFields {
  return formFields(new URL(request.url).searchParams);
}

/** Twilio's forms have some thirty fields. */
const MAX_FIELDS = 200;

function formFields(form: URLSearchParams): FormFields {
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
export function parseParams(schema: z.ZodObject, params: unknown): unknown {
  const result = schema.safeParse(params);
  if (!result.success) throw new Problem("not_found", { detail: "There is nothing with this id." });
  return result.data;
}

/** The headers that a schema names. */
export function headersNamed(request: Request, schema: z.ZodObject): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, request.headers.get(name) ?? undefined]),
  );
}

/** What a schema makes of a value; what it does not take is refused field by field. */
export function parse(schema: z.ZodType, value: unknown): unknown {
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
