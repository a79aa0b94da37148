/**
 * Answers that are no refusals.
 */
import { turn } from "../turn";
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

/**
 * The same of a body that may be long: it is written in pieces as the client reads, and each piece waits for its turn of the event loop.
 */
export function longAnswer<Op extends Operation, Status extends keyof Op["answers"] & number>(
  operation: Op,
  status: Status,
  body: AnswerBody<Op, Status>,
): Response {
  if (!isLong(body)) return answer(operation, status, body);
  const pieces = jsonPieces(body);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await turn();
        const { done, value } = pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, {
    status,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
  });
}

/** How many rows are written at once. */
const ROWS_A_PIECE = 50;

function isLong(body: unknown): body is object {
  const values: unknown[] = typeof body === "object" && body !== null ? Object.values(body) : [];
  return values.some((value) => Array.isArray(value) && value.length > ROWS_A_PIECE);
}

/** An object as JSON, the arrays in it a few rows at a time. */
function* jsonPieces(body: object): Generator<string, undefined> {
  let before = "{";
  for (const [name, value] of Object.entries(body)) {
    // As JSON.stringify, which leaves these out.
    if (value === undefined) continue;
    const head = `${before}${JSON.stringify(name)}:`;
    before = ",";
    if (!Array.isArray(value) || value.length === 0) {
      yield head + JSON.stringify(value);
      continue;
    }
    for (let first = 0; first < value.length; first += ROWS_A_PIECE) {
      const rows = JSON.stringify(value.slice(first, first + ROWS_A_PIECE)).slice(1, -1);
      yield `${first === 0 ? `${head}[` : ","}${rows}`;
    }
    yield "]";
  }
  yield "}";
}

/** An XML answer, such as TwiML. */
export function xml(text: string): Response {
  return new Response(text, {
    headers: { "Content-Type": "text/xml; charset=utf-8", "Cache-Control": "no-store" },
  });
}
