import { z } from "zod";
import type { Operation } from "../../http/operation";
import { compareParameter, Country } from "../../insights/asking/parameters";
import { queryOf } from "../../insights/asking/query";
import { ACTION_NAMES } from "../../terms/actions";
import { METRICS } from "../../terms/metrics";
import { answering, filePart, report } from "./parameters";
import { ChangeBody, count, DestinationBody, ErrorBody, RangeBody, Row, rowFields, StateBody } from "./rows";

const pressed = { value: z.number(), unverified: count, verified: count };

export const insightsDestination = {
  ...report,
  path: "/api/insights/destinations/{country}",
  id: "insightsDestination",
  summary: "One country: its funnel, networks, errors, time to confirm",
  params: z.object({ country: Country }),
  query: queryOf(
    {
      ...compareParameter,
      part: filePart(["networks", "funnel", "errors", "actions", "timeToConfirm", "pressure"]),
    },
    ["part", "fate"],
  ),
  answers: answering(
    "The country's report; as CSV, the part of it that is named.",
    z.object({
      range: RangeBody,
      previousRange: RangeBody.nullable(),
      country: z.string(),
      state: StateBody,
      current: Row,
      previous: Row.nullable(),
      change: ChangeBody.nullable(),
      funnel: z.object({
        requested: count,
        accepted: count,
        delivered: count,
        confirmed: count,
        reported: count,
      }),
      networks: z.array(DestinationBody.extend({ state: StateBody })),
      actions: z.array(z.object({ action: z.enum(ACTION_NAMES), ...rowFields })),
      errors: z.array(ErrorBody),
      timeToConfirm: z.array(z.object({ from: z.number(), to: z.number().nullable(), messages: count })),
      pressure: z
        .object({
          ...pressed,
          greatestVerified: count,
          hour: z.object(pressed),
          addresses: z.array(z.object({ address: z.string(), ...pressed, hour: z.object(pressed) })).meta({
            description:
              "For operators and programs with a key; empty for others, who read an open dashboard.",
          }),
        })
        .meta({ description: METRICS.pressure }),
    }),
  ),
} as const satisfies Operation;
