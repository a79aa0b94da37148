/** Values for a JSON Schema of our OpenAPI document: mostly ones it allows, and something else in places. */
import fc from "fast-check";
import { hostileJson } from "./hostile";
import { Known, type Thing } from "./world";

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** Fields whose values are of the world's things, whatever their schema. */
const THINGS: Partial<Record<string, Thing>> = {
  id: "id",
  verification: "id",
  code: "code",
  temporaryPassword: "code",
  to: "number",
  number: "number",
  From: "number",
  To: "number",
  MessageSid: "sid",
  messageId: "messageId",
  cursor: "cursor",
  after: "cursor",
};

/** A thing of the world, by choice. */
export const known = (thing: Thing): fc.Arbitrary<Known> => fc.nat(10_000).map((n) => new Known(thing, n));

/** Of every so many values one is anything at all. */
const ONE_IN = 8;

/** A value of a field. */
export function valueOf(name: string, schema: Schema, find: (ref: string) => Schema): fc.Arbitrary<unknown> {
  const thing = Object.hasOwn(THINGS, name) ? THINGS[name] : undefined;
  return fc.oneof(
    { weight: 1, arbitrary: hostileJson },
    { weight: (ONE_IN - 1) * (thing ? 2 : 0), arbitrary: thing ? known(thing) : hostileJson },
    { weight: ONE_IN - 1, arbitrary: allowed(schema, find) },
  );
}

function allowed(schema: Schema, find: (ref: string) => Schema): fc.Arbitrary<unknown> {
  if (schema.$ref) return allowed(find(schema.$ref), find);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => allowed(choice, find)));
  const [all] = schema.allOf ?? [];
  if (all) return allowed(all, find);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "integer":
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1_000_000 });
    case "number":
      return fc.double({ min: schema.minimum, max: schema.maximum, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(allowed(schema.items ?? {}, find), { maxLength: 4 });
    case "object":
      return fields(schema, find);
    case "string":
      return text(schema);
    default:
      return hostileJson;
  }
}

/** An object: its required fields nearly always, the others now and then, and sometimes one that nobody knows. */
function fields(schema: Schema, find: (ref: string) => Schema): fc.Arbitrary<unknown> {
  const known = Object.entries(schema.properties ?? {}).map(([name, each]) =>
    fc
      .tuple(
        valueOf(name, each, find),
        fc.nat(9).map((n) => n < (schema.required?.includes(name) ? 9 : 3)),
      )
      .map(([value, isThere]): [string, unknown][] => (isThere ? [[name, value]] : [])),
  );
  const stranger = fc
    .tuple(fc.nat(9), hostileJson)
    .map(([n, value]): [string, unknown][] => (n === 0 ? [["nobodyKnows", value]] : []));
  return fc.tuple(...known, stranger).map((entries) => Object.fromEntries(entries.flat()));
}

function text({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === "uri") return fc.webUrl();
  if (pattern) {
    try {
      return fc.stringMatching(new RegExp(pattern));
    } catch {
      // A pattern that fast-check cannot make words for: any text will do.
    }
  }
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 200)) });
}
