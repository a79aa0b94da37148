/** What several requests about protection have in common. */
import { z } from "zod";
import { isMoment } from "../../insights/asking/parameters";
import { placeOf } from "../../protection/place";
import { MOST_REASON } from "../../terms/limits";

/** Why something was done, for those who read it later. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "must say why")
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "must be one line of plain text");

export const Reason = line(MOST_REASON).meta({
  description: "Why, in one line.",
  example: "Pumping on 24 November",
});

export const Author = line(100)
  .default("API")
  .meta({ description: "Who says so, where it is not only a program.", example: "ana@example.com" });

export const At = z
  .string()
  .refine(isMoment, "must be a moment such as 2026-11-16T14:15:00Z")
  .transform((text) => new Date(text))
  .meta({
    description: "A moment in ISO 8601; a date is its midnight UTC.",
    example: "2026-12-01T00:00:00Z",
  });

export const Place = z
  .string()
  .refine(
    (text) => placeOf(text) !== null,
    "must be a country such as BR, a network of it such as BR:Claro, or a block such as +5511987654",
  )
  .transform((text) => placeOf(text) ?? text)
  .meta({
    description: "`BR`, `BR:Claro`, or the block `+5511987654`: a number without its last three digits.",
  });
