/** A page's form as a browser without scripts posts it. */

export interface PageForm {
  /** What the page set. */
  cookie: string;
  /** The form's hidden fields, which say what it is for. */
  hidden: [string, string][];
}

/** Reads a page's form that has a field of this name. */
export async function readForm(url: string, field: string, headers?: HeadersInit): Promise<PageForm> {
  const response = await fetch(url, { headers });
  const cookie = response.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");
  const forms = (await response.text()).match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((text) => text.includes(`name="${field}"`)) ?? "";
  const hidden = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([input]): [string, string] => [
    unescaped(/name="([^"]*)"/.exec(input)?.[1]),
    unescaped(/value="([^"]*)"/.exec(input)?.[1]),
  ]);
  return { cookie, hidden };
}

/** Text of an attribute as React writes it, as it was. */
export function unescaped(text = ""): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

const BOUNDARY = "----form";

/** The type of `multipart` bodies. */
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;

/** Fields as a form's body. */
export function multipart(fields: Iterable<[string, string]>): string {
  const parts = [...fields].map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--${BOUNDARY}--\r\n`;
}
