/**
 * One country's report.
 */
import { partOf, partsBy, recount, type Seen } from "../insights-recount";
import { paramsOf, stretchOf, type Choice } from "./choice";
import { tableDifferences } from "./destinations";
import { errorRowDifferences } from "./errors";
import { report, type Params, type Row } from "./request";
import { rowDifferences, difference } from "./row";

/** One country's report: everything in it is of the same messages. */
export async function countryDifferences(
  country: string,
  choice: Choice,
  seen: Seen,
  now: Date,
  withLatencies: boolean,
  byBlock: boolean,
): Promise<string[]> {
  const { country: _, "country!": __, ...params } = paramsOf(choice) as Params & Choice["filters"];
  const detail = await report(`destinations/${country}`, params);
  const filters = { ...choice.filters, country: [country], "country!": [] };
  const part = partOf(seen, choice, filters);
  const expected = recount(part, now);
  const { attempted, refused, unknown, delivered, confirmed, reported } = expected.counts;
  const funnel = {
    requested: attempted + refused + unknown,
    accepted: attempted,
    delivered,
    confirmed,
    reported,
  };
  const bins = detail["timeToConfirm"] as Row[];
  const inBins = bins.reduce((sum: number, bin) => sum + bin.messages, 0);
  const actions = partsBy(part, (row) => row.action);
  const before = detail["previousRange"] && partOf(seen, stretchOf(detail["previousRange"]), filters);
  return [
    ...rowDifferences(detail["current"], expected, withLatencies),
    ...tableDifferences(detail.networks, part, "network", now, byBlock),
    ...Object.entries(funnel).flatMap(([step, n]) => difference(`funnel ${step}`, detail["funnel"][step], n)),
    ...(detail["current"].timeToConfirm === null
      ? []
      : difference("bins", inBins, detail["current"].timeToConfirm.n)),
    ...difference("actions", detail.actions.length, actions.size),
    ...detail.actions.flatMap((row) => {
      const counted = recount(actions.get(row.action) ?? { messages: [], verifications: [] }, now);
      return rowDifferences(row, counted, withLatencies).map((line) => `${row.action} ${line}`);
    }),
    ...errorRowDifferences(detail["errors"], part, before),
  ];
}
