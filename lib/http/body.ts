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
  const fields = formFields(new URLSearchParams(await readText(request)));
  if (fields) return fields;
  throw new Problem("body_too_large", { detail: `A form may have ${MAX_FIELDS} fields.` });
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
  for await (const chunk of chunksOf(request)) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      throw new Problem("body_too_large", { detail: `The body may have ${MAX_BODY_BYTES} bytes.` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The body as it comes. What keeps the rest of it from coming is the client's doing: it went away, or it took too long. */
async function* chunksOf({ body }: Request): AsyncIterable<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new Problem("body_incomplete", { detail: "The connection ended before the body did." });
      });
      if (done) return;
      yield value;
    }
  } finally {
    // What is left of it is not wanted. A body that broke off has nothing to be given up.
    void reader.cancel().catch(() => undefined);
  }
}

/** A query's parameters; one that comes several times is an array. */
export function queryOf(request: Request): FormFields {
  const fields = formFields(new URL(request.url).searchParams);
  if (fields) return fields;
  const message = `may have ${MAX_FIELDS} parameters`;
  throw new Problem("invalid_request", {
    detail: `The query ${message}.`,
    errors: [{ field: "query", message }],
  });
}

/** Twilio's forms have some thirty fields, and no filter of ours as many values. */
const MAX_FIELDS = 200;

/** A form's fields, one that comes several times as an array, as Twilio's signature takes it; null when they are too many. */
function formFields(form: URLSearchParams): FormFields | null {
  if (form.size > MAX_FIELDS) return null;
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of form) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(fields);
}

/** A form as texts that PostgreSQL has, too: the first value of each field, without U+0000. */
export function firstTexts(form: FormFields): FormFields {
  const fields = Object.entries(form).filter(([name]) => name !== "__proto__");
  return Object.fromEntries(
    fields.map(([name, values]) => [name, ([values].flat()[0] ?? "").replaceAll("\0", "")]),
  );
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
  if (result.success) {
    const unusable = unusableFields(schema, value);
    if (unusable.length > 0) throw invalid(unusable);
    return result.data;
  }
  throw invalid(
    result.error.issues.flatMap((issue) => {
      if (issue.code === "unrecognized_keys") return issue.keys.map((field) => unknownField(schema, field));
      // Of a repeated parameter, which of its values is wrong shows from what is allowed.
      const path = issue.path.filter((part) => typeof part === "string");
      return [{ field: path.join(".") || "body", message: issue.message }];
    }),
  );
}

interface FieldFault {
  field: string;
  message: string;
}

/**
 * What a schema takes and we cannot. PostgreSQL's texts have no U+0000, and `__proto__` is a name that schemas, like most that handles
 * objects, pass over in silence.
 */
function unusableFields(schema: z.ZodType, value: unknown): FieldFault[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([field, entry]: [string, unknown]) => {
    if (field === "__proto__") return [unknownField(schema, field)];
    const texts = [entry].flat().filter((text) => typeof text === "string");
    return texts.some((text) => text.includes("\0"))
      ? [{ field: field.replaceAll("\0", ""), message: "must not have the character U+0000" }]
      : [];
  });
}

function unknownField(schema: z.ZodType, field: string): FieldFault {
  const known = Object.keys(objectBehind(schema).shape).join(", ");
  return { field, message: `is not known here; there are ${known}` };
}

function invalid(errors: FieldFault[]): Problem {
  return new Problem("invalid_request", {
    detail: errors.map(({ field, message }) => `${field}: ${message}`).join("; "),
    errors,
  });
}
