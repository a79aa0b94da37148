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

/** A body as JSON, to be sent as often as it is asked for. */
export interface WrittenBody {
  status: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Writes a body that may be long: in pieces, each of which waits for its turn of the event loop. */
export async function writeBody<Op extends Operation, Status extends keyof Op["answers"] & number>(
  _: Op,
  status: Status,
  body: AnswerBody<Op, Status>,
): Promise<WrittenBody> {
  if (!isLong(body)) return { status, bytes: new TextEncoder().encode(JSON.stringify(body)) };
  const pieces: string[] = [];
  for (const piece of jsonPieces(body)) {
    await turn();
    pieces.push(piece);
  }
  return { status, bytes: new TextEncoder().encode(pieces.join("")) };
}

/** The answer with a body that was written before. */
export function writtenAnswer({ status, bytes }: WrittenBody): Response {
  return new Response(bytes, {
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
