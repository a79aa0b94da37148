import { z } from "zod";
import type { Operation } from "../http/operation";
import { EVENT_NAMES, isForPrograms, SEVERITIES } from "../terms/events";
import { moment } from "./insights/rows";

const params = z.object({ id: z.uuid() });

const MOST_NOTE = 500;

/** What somebody knows of what is wrong. */
export const SeenNote = z
  .string()
  .trim()
  .max(MOST_NOTE)
  .refine((text) => !/[^\P{Cc}\n]/u.test(text), "must be plain text");

const Acknowledgement = z
  .strictObject({ note: SeenNote.nullable().default(null) })
  .meta({ id: "Acknowledgement" });

export const acknowledgeFindingOperation = {
  method: "PUT",
  path: "/api/insights/alerts/{id}/acknowledgement",
  id: "acknowledgeFinding",
  summary: "Say that a finding was seen",
  description:
    "Its row says so from then on, with the note. Whoever is told of findings hears of its getting worse only when it becomes critical, and of its end.",
  caller: "operator",
  params,
  body: Acknowledgement,
  answers: { 204: { description: "It is kept." } },
  problems: ["not_found"],
} as const satisfies Operation;

const INCIDENT_KINDS = EVENT_NAMES.filter((name) => !isForPrograms(name));

export const listIncidents = {
  method: "GET",
  path: "/api/incidents",
  id: "listIncidents",
  summary: "What is wrong, and was in the last seven days",
  description:
    "As it was told last: what is open, the most severe first, and then what was over, the newest first.",
  caller: "reader",
  answers: {
    200: {
      description: "Up to 100 of them.",
      schema: z.object({
        rows: z.array(
          z
            .object({
              id: z.uuid(),
              kind: z.enum(INCIDENT_KINDS),
              subject: z.string().meta({
                description:
                  "What it is about: a finding's id, a breaker's place, a budget; empty where its kind says all.",
              }),
              severity: z.enum(SEVERITIES),
              title: z.string(),
              text: z.string(),
              openedAt: moment,
              clearedAt: moment.nullable(),
              acknowledgedAt: moment.nullable(),
              note: z.string().nullable(),
            })
            .meta({ id: "Incident" }),
        ),
      }),
    },
  },
  problems: [],
} as const satisfies Operation;

export const acknowledgeIncidentOperation = {
  method: "PUT",
  path: "/api/incidents/{id}/acknowledgement",
  id: "acknowledgeIncident",
  summary: "Say that what is wrong was seen",
  description:
    "It says so from then on, with the note. Whoever is told of it hears of its getting worse only when it becomes more severe, and of its end.",
  caller: "operator",
  params,
  body: Acknowledgement,
  answers: { 204: { description: "It is kept." } },
  problems: ["not_found"],
} as const satisfies Operation;
