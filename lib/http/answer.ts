/**
 * Answers that are no refusals.
 */
import type { AnswerBody, Operation } from "./operation";

/**
 * A JSON answer of an operation: its body is what the document says of this status, and the compiler holds it to that.
 *
 * @param operation whose answer it is
 */
export function answer<Op extends Operation, Status extends keyof Op["answers"] & number>(
  operation: Op,
  status: Status,
  body: AnswerBody<Op, Status>,
  headers: Record<string, string> = {},
): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
}

/** An XML answer, such as TwiML. */
export function xml(text: string): Response {
  return new Response(text, {
    headers: { "Content-Type": "text/xml; charset=utf-8", "Cache-Control": "no-store" },
  });
}
