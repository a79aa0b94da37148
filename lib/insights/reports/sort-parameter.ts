import { z } from "zod";
import { single } from "../asking/parameters";
import { SORT_KEYS, type Sort } from "./destinations";

const SORT_VALUES = SORT_KEYS.flatMap((key) => [key, `-${key}`]);

export const sortParameter = single(
  z.enum(SORT_VALUES, `must be one of ${SORT_KEYS.join(", ")}, or one of them after -`),
)
  .default("-attempted")
  .transform((text) => ({ key: text.replace("-", ""), descending: text.startsWith("-") }))
  .pipe(z.object({ key: z.enum(SORT_KEYS), descending: z.boolean() }) satisfies z.ZodType<Sort>)
  .meta({
    description: "What rows are ordered by; with - the greatest first. Low samples are not ranked by rates.",
  });
