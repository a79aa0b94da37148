/** What rules about destinations leave alone. */
import { z } from "zod";
import type { Operation } from "../../http/operation";
import { moment } from "../insights/rows";
import { Author, Reason } from "./inputs";

/** A number or a block of numbers. */
export const SafeSubject = z
  .string()
  .trim()
  .regex(/^\+\d{4,15}$/, "must be a number such as +5511987654321, or a block such as +5511987654")
  .meta({
    description: "A number, or a block: a number without its last three digits.",
    example: "+5511987654",
  });

const SafeBody = z
  .object({ subject: z.string(), reason: z.string(), author: z.string(), writtenAt: moment })
  .meta({ id: "SafeEntry", description: "What rules about destinations leave alone." });

const SAFE_LIST = "/api/protection/safe-list";

export const listSafe = {
  method: "GET",
  path: SAFE_LIST,
  id: "listSafe",
  summary: "Numbers and blocks that rules about destinations leave alone",
  caller: "operator",
  answers: { 200: { description: "The newest first.", schema: z.object({ rows: z.array(SafeBody) }) } },
  problems: [],
} as const satisfies Operation;

export const addSafe = {
  method: "POST",
  path: SAFE_LIST,
  id: "addSafe",
  summary: "Put a number or a block on the safe list",
  caller: "operator",
  body: z.strictObject({ subject: SafeSubject, reason: Reason, author: Author }).meta({ id: "NewSafeEntry" }),
  answers: { 201: { description: "It is on it.", schema: SafeBody } },
  problems: [],
} as const satisfies Operation;

export const removeSafe = {
  method: "DELETE",
  path: SAFE_LIST,
  id: "removeSafe",
  summary: "Take a number or a block off the safe list",
  description: "Which is said in the body: a number stands in no address.",
  caller: "operator",
  body: z.strictObject({ subject: SafeSubject }).meta({ id: "SafeSubject" }),
  answers: { 204: { description: "It is off." } },
  problems: ["not_found"],
} as const satisfies Operation;
