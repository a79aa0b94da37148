import { insightsDestination } from "@/lib/api/insights/destination";
import { fileTable, reportEndpoint } from "@/lib/api/insights/endpoint";
import { route } from "@/lib/http/frame";
import {
  destinationColumns,
  ERROR_COLUMNS,
  matureColumns,
  measureColumns,
} from "@/lib/insights/reports/columns";
import { readDestination, type DestinationReport } from "@/lib/insights/reports/destination";
import { pressureRows } from "@/lib/insights/reports/pressure";
import { readStates } from "@/lib/protection/states";
import { namesOf } from "@/lib/terms/names";

/** The report's tables, by the names that `part` has for them. */
const TABLES = {
  networks: ({ networks }: DestinationReport) => fileTable(destinationColumns(networks, "network"), networks),
  funnel: ({ funnel }: DestinationReport) =>
    fileTable(
      ["step", "messages"],
      namesOf(funnel).map((step) => ({ step, messages: funnel[step] })),
    ),
  errors: ({ errors }: DestinationReport) => fileTable(ERROR_COLUMNS, errors),
  actions: ({ actions }: DestinationReport) =>
    fileTable(["action", ...measureColumns(actions), ...matureColumns()], actions),
  timeToConfirm: ({ timeToConfirm }: DestinationReport) =>
    fileTable(["from", "to", "messages"], timeToConfirm),
  pressure: ({ pressure }: DestinationReport) =>
    fileTable(["of", "window", "value", "unverified", "verified"], pressureRows(pressure)),
};

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: reportEndpoint(insightsDestination, async ({ params, query, isOurs: withAddresses }) => {
    const report = await readDestination(query, params.country, { withAddresses });
    const { part } = query;
    const name =
      part === "networks" ? `destination-${params.country}` : `destination-${params.country}-${part}`;
    const { networks } = report;
    const states = await readStates([{ country: params.country }, ...networks], query.filters);
    const withStates = {
      ...report,
      state: states({ country: params.country }),
      networks: networks.map((row) => ({ ...row, state: states(row) })),
    };
    return { report: withStates, name, ...TABLES[part](report) };
  }),
});
