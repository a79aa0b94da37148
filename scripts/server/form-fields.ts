/**
 * A form's fields, read and written anew. What was checked is not passed on, but what was understood: Next and React read a form with
 * parsers of their own, which make something else of a name that comes twice, or of a part's type and encoding.
 */
import { randomUUID } from "node:crypto";

export interface EncodedForm {
  type: string;
  body: Buffer;
}

/** More than any form of ours has. */
const MOST_FIELDS = 64;

/**
 * The form's fields, all of them texts; null when it is no form, or has a file, a name twice, or the character that no text of the
 * database has.
 */
export async function fieldsOf(body: Buffer, type: string): Promise<Map<string, string> | null> {
  const response = new Response(new Uint8Array(body), { headers: { "Content-Type": type } });
  const form = await response.formData().catch(() => null);
  if (!form) return null;
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value !== "string" || value.includes("\0") || fields.has(name)) return null;
    fields.set(name, value);
  }
  return fields.size > 0 && fields.size <= MOST_FIELDS ? fields : null;
}

/** Fields as a browser writes them, nothing said of a part but its name. The names are ours, and have nothing that ends them. */
export function encodeForm(fields: ReadonlyMap<string, string>): EncodedForm {
  // Drawn after the values came, so that none has it.
  const boundary = `form-${randomUUID()}`;
  const parts = [...fields].map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.from(`${parts.join("")}--${boundary}--\r\n`),
  };
}
