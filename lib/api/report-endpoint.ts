/**
 * The frame around the reports' handlers: what all of them refuse, and the form they answer in.
 */
import { endpoint, json, Problem, type Input, type RouteHandler } from "../http";
import { hasTooManyMessages, MOST_MESSAGES } from "../insights/blocks";
import { csvResponse, fileName, type Column } from "../insights/csv";
import type { Range } from "../insights/range";
import type { ReportQuery } from "../insights/report";
import type { Operation } from "./operations";

/** A report, and its table as a file. */
interface Answer<Row extends object> {
  report: { range: Range };
  /** The file's, without the range. */
  name: string;
  columns: readonly Column<Row>[];
  rows: Iterable<Row> | AsyncIterable<Row>;
}

type Asked = ReportQuery & { format?: "json" | "csv" };

/**
 * A handler that answers with what `work` reports: as JSON, or as CSV where the parameter `format` or else the header `Accept`
 * asks for it.
 *
 * @param work gets, besides the request's parts, whether a file is wanted
 */
export function reportEndpoint<Op extends Operation, Row extends object>(
  operation: Op,
  work: (input: Input<Op>, asFile: boolean) => Promise<Answer<Row>>,
): RouteHandler {
  return endpoint(operation, async (input) => {
    const query = input.query as Asked;
    // Blocks have no cells: whatever asks for them reads messages one by one.
    if ((query.filters.block || operation.id === "insightsBlocks") && (await hasTooManyMessages(query))) {
      throw tooManyMessages();
    }
    const asFile = wantsFile(input.request, query.format);
    const { report, name, columns, rows } = await work(input, asFile);
    return asFile ? csvResponse(fileName(name, report.range), columns, rows) : json(report);
  });
}

function wantsFile(request: Request, format: "json" | "csv" | undefined): boolean {
  const accepted = request.headers.get("accept") ?? "";
  return format ? format === "csv" : accepted.includes("text/csv") && !accepted.includes("application/json");
}

function tooManyMessages(): Problem {
  const message = `must be later: blocks are counted from single messages, and there are more than ${MOST_MESSAGES} here`;
  return new Problem("invalid_request", { detail: `from: ${message}`, errors: [{ field: "from", message }] });
}
