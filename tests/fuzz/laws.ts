/** What holds of every answer, and of the log afterwards. */
import type { RawAnswer, RawRequest } from "./raw-http";

/** What every answer tells browsers, whatever it is of. */
const PROTECTIONS = [
  "content-security-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "permissions-policy",
  "referrer-policy",
  "x-content-type-options",
];

/** What an answer does that none may. */
export function wrongs({ method, target }: RawRequest, answer: RawAnswer | null): string[] {
  if (!answer) return ["no answer"];
  const { status, headers, body } = answer;
  const text = body.toString("latin1");
  const found: string[] = [];
  if (!(status >= 200 && status < 600)) found.push("no status of HTTP");
  // The one 502 there may be is a program's to hear: Twilio refused the number.
  if (status >= 500 && !(status === 502 && text.includes('"send_failed"'))) found.push(`status ${status}`);
  if (/^\/api(?:[/?]|$)/.test(target) && status >= 400 && method !== "HEAD" && !isProblem(answer)) {
    found.push("an error that is no problem+json");
  }
  if (/\bat [\w.<>]+ \(|PrismaClient|syntax error at|node_modules/.test(text))
    found.push("tells of our insides");
  for (const name of PROTECTIONS) if (headers.get(name)?.length !== 1) found.push(`not one ${name}`);
  if (headers.has("x-injected")) found.push("a header of the client's making");
  const [location] = headers.get("location") ?? [];
  if (location && !/^(?:\/(?![/\\])|http:\/\/127\.0\.0\.1:)/.test(location))
    found.push(`leads to ${location}`);
  return found;
}

function isProblem({ status, headers, body }: RawAnswer): boolean {
  if (!headers.get("content-type")?.[0]?.startsWith("application/problem+json")) return false;
  try {
    const problem = JSON.parse(body.toString()) as { status?: unknown; code?: unknown };
    return problem.status === status && typeof problem.code === "string";
  } catch {
    return false;
  }
}

/** The lines of a text that have one of these secrets or a whole number of the run's own, with its place marked. */
export function leaks(text: string, secrets: readonly string[]): string[] {
  const long = secrets.filter((secret) => secret.length >= 8);
  const masked = (line: string) =>
    long
      .reduce((rest, secret) => rest.replaceAll(secret, "‹secret›"), line)
      .replace(/1415555\d{4}/g, "‹number›");
  return text.split("\n").flatMap((line) => (masked(line) === line ? [] : [masked(line).slice(0, 600)]));
}

/** What libraries printed of faults, in a log that has one for each of ours. */
export function printed(text: string): string[] {
  return text.split("\n").filter((line) => /⨯|uncaught|unhandledRejection/i.test(line));
}
