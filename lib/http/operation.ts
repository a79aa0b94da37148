/**
 * What an operation of the API is: what it takes, answers and refuses, in the schemas that both validate and document it.
 */
import { z } from "zod";
import type { ProblemCode } from "../errors";

export interface Operation {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** With parameters as `{name}`. */
  path: string;
  /** The OpenAPI operationId. */
  id: string;
  summary: string;
  description?: string;
  /** Who may call: programs with a bearer key; those and whoever may see the dashboard; those and operators; Twilio by its signature; or anyone. */
  caller: "key" | "reader" | "operator" | "twilio" | "anyone";
  /** Whether a form is taken whatever it says: its fields' first values, as texts. Its signature says who wrote it. */
  takesAnything?: boolean;
  params?: z.ZodObject;
  /** Takes each parameter as a text, or as an array of them when it comes several times. */
  query?: z.ZodType;
  headers?: z.ZodObject;
  body?: z.ZodObject;
  answers: Record<number, Answer>;
  /** What this operation itself may refuse with; the frame's problems are added to it. */
  problems: readonly ProblemCode[];
}

interface Answer {
  description: string;
  /** Of a JSON body; of others the document says no more. */
  schema?: z.ZodType;
}

/** What an operation answers with under a status, before it is written as JSON. */
export type AnswerBody<
  Op extends Operation,
  Status extends keyof Op["answers"],
> = Op["answers"][Status] extends {
  schema: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : never;

/** The object whose members a schema takes, before what it makes of them. */
export function objectBehind(schema: z.core.$ZodType): z.ZodObject {
  if (schema instanceof z.ZodPipe) return objectBehind(schema.in);
  if (schema instanceof z.ZodObject) return schema;
  throw new TypeError("a query, a header or a body is an object");
}
