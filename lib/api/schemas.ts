import { z } from "zod";

/** The object whose members a schema takes, before what it makes of them. */
export function objectBehind(schema: z.ZodType): z.ZodObject {
  return schema instanceof z.ZodPipe ? objectBehind(schema.in as z.ZodType) : (schema as z.ZodObject);
}
