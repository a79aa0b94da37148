import { z } from "zod";
import type { Operation } from "../http/operation";
import { Country, isMoment, single } from "../insights/asking/parameters";
import { moment } from "./insights/rows";

/** As long as a mark can be and still be read beside others. */
export const MOST_TEXT = 100;

/** What is said of a moment: one line of plain text. */
export const AnnotationText = z
  .string()
  .trim()
  .regex(
    new RegExp(`^[^\\p{Cc}\\p{Cs}\\u2028\\u2029]{1,${MOST_TEXT}}$`, "u"),
    `must be one line of 1 to ${MOST_TEXT} characters`,
  )
  .meta({ description: "One line of plain text.", example: "New sender for Brazil" });

const At = z.string().refine(isMoment, "must be a moment such as 2026-11-16T14:15:00Z").meta({
  description: "A moment in ISO 8601; a date is its midnight UTC.",
  example: "2026-11-16T14:15:00Z",
});

const AnnotationBody = z
  .object({ id: z.uuid(), at: moment, text: z.string(), country: z.string().nullable() })
  .meta({ id: "Annotation", description: "A mark on the time axis; of one country, or of all." });

const NewAnnotation = z
  .strictObject({ at: At, text: AnnotationText, country: Country.nullable().optional() })
  .meta({ id: "NewAnnotation" });

export const listAnnotations = {
  method: "GET",
  path: "/api/annotations",
  id: "listAnnotations",
  summary: "Marks on the time axis",
  description:
    "What people know of a moment, such as a new sender or a deploy. In order of time; of more than 200 the newest.",
  caller: "reader",
  query: z.strictObject({
    from: single(At).optional(),
    to: single(At).optional().meta({ description: "Those before this moment." }),
    country: single(Country).optional().meta({ description: "Those of this country, and those of all." }),
  }),
  answers: {
    200: { description: "Those there are.", schema: z.object({ rows: z.array(AnnotationBody) }) },
  },
  problems: [],
} as const satisfies Operation;

export const createAnnotation = {
  method: "POST",
  path: "/api/annotations",
  id: "createAnnotation",
  summary: "Mark a moment",
  caller: "operator",
  body: NewAnnotation,
  answers: { 201: { description: "It is there.", schema: AnnotationBody } },
  problems: [],
} as const satisfies Operation;

export const deleteAnnotation = {
  method: "DELETE",
  path: "/api/annotations/{id}",
  id: "deleteAnnotation",
  summary: "Take a mark away",
  caller: "operator",
  params: z.object({ id: z.uuid() }),
  answers: { 204: { description: "It is gone." } },
  problems: ["not_found"],
} as const satisfies Operation;
