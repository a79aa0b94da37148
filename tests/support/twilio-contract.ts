/**
 * Checks exchanges with Twilio's REST API, as the simulator's observers see them, against Twilio's own OpenAPI
 * description: what the client asks, and what it is answered.
 *
 *     simulator.observe((exchange) => exchange.kind === "api" && exchanges.push(exchange));
 *     exchanges.forEach(assertExchange);
 */
import { readFileSync } from "node:fs";

import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

import type { ApiExchange } from "@/simulator/server";

type Schema = Record<string, unknown>;

interface Operation {
  parameters: { name: string; in: "path" | "query"; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<
    string,
    { content?: Record<string, { schema: Schema; examples?: Record<string, Example> }> }
  >;
}

interface Example {
  value: unknown;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** What the description says of one method of one path. */
interface CompiledOperation {
  pathPattern: RegExp;
  method: string;
  path: ValidateFunction;
  query: ValidateFunction;
  form: ValidateFunction;
  /** By status. */
  answers: Map<number, ValidateFunction>;
}

const description = loadDescription();
const operations = compileOperations();

/** Every way in which an exchange departs from the description; empty when it does not. */
export function violations(exchange: ApiExchange): string[] {
  const operation = operations.find(
    ({ method, pathPattern }) => method === exchange.method && pathPattern.test(exchange.path),
  );
  if (!operation) {
    const isTold = exchange.status === 404 || exchange.status === 405;
    return isTold
      ? errorViolations(exchange)
      : [`${exchange.method} ${exchange.path}: not in Twilio's description`];
  }

  const { groups = {} } = operation.pathPattern.exec(exchange.path) ?? {};
  return [
    ...(isRefusal(exchange) ? [] : requestViolations(operation, exchange, groups)),
    ...answerViolations(operation, exchange),
  ];
}

/** Throws an error that lists what is wrong, if anything is. */
export function assertExchange(exchange: ApiExchange): void {
  const found = violations(exchange);
  if (found.length > 0) throw new Error(`Not as Twilio describes it:\n  ${found.join("\n  ")}`);
}

/** The answers that Twilio's description gives as examples, with what they answer. */
export function exampleAnswers(): { name: string; exchange: ApiExchange }[] {
  return eachOperation().flatMap(([path, method, operation]) =>
    Object.entries(operation.responses).flatMap(([status, { content }]) =>
      Object.entries(content?.["application/json"]?.examples ?? {}).map(([name, { value }]) => ({
        name: `${method} ${path} ${status} ${name}`,
        exchange: {
          kind: "api" as const,
          method,
          path: path
            .replace("{AccountSid}", `AC${"a".repeat(32)}`)
            .replace(/\{\w*Sid\}/, `SM${"a".repeat(32)}`),
          query: {},
          form: requiredForm(operation),
          headers: { "content-type": "application/x-www-form-urlencoded" },
          status: Number(status),
          responseBody: value,
        },
      })),
    ),
  );
}

/** As little as makes a request valid. */
function requiredForm({ requestBody }: Operation): Record<string, string> {
  const schema = requestBody?.content["application/x-www-form-urlencoded"]?.schema;
  const required = schema?.["required"] as string[] | undefined;
  return Object.fromEntries((required ?? []).map((name) => [name, "+14155552345"]));
}

/** A request that was refused may be as wrong as it likes. */
const isRefusal = ({ status }: ApiExchange) =>
  status !== null && status >= 400 && status < 500 && status !== 429;

function requestViolations(
  operation: CompiledOperation,
  exchange: ApiExchange,
  path: Record<string, string>,
): string[] {
  const isForm = exchange.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  return [
    ...problems("path", operation.path, { ...path }),
    ...problems("query", operation.query, structuredClone(exchange.query)),
    ...problems("form", operation.form, lowerCaseBooleans(exchange.form)),
    ...(exchange.method === "POST" && !isForm ? ["request: is not form-encoded"] : []),
  ];
}

function answerViolations(operation: CompiledOperation, exchange: ApiExchange): string[] {
  const { status, responseBody } = exchange;
  if (status === null) return [];
  if (status >= 400) return errorViolations(exchange);
  const answer = operation.answers.get(status);
  return answer ? problems("answer", answer, responseBody) : [`answer: status ${status} is not described`];
}

function errorViolations({ status, responseBody }: ApiExchange): string[] {
  const said = (responseBody as { status?: unknown } | null)?.status;
  return [
    ...problems("error", errorAnswer, responseBody),
    ...(said === status ? [] : [`error: status ${String(said)} in a ${status} answer`]),
  ];
}

function problems(part: string, validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error: ErrorObject) => {
    const detail = "propertyName" in error && error.propertyName ? ` ${error.propertyName}` : "";
    return `${part}${error.instancePath}: ${error.message}${detail} ${JSON.stringify(error.params)}`;
  });
}

/** Twilio reads `True` as true; JSON Schema's coercion knows only `true`. */
function lowerCaseBooleans(form: ApiExchange["form"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      typeof value === "string" && /^(true|false)$/i.test(value) ? value.toLowerCase() : value,
    ]),
  );
}

function loadDescription(): Description {
  const file = new URL("../contract/twilio-messages.openapi.json", import.meta.url);
  const document = JSON.parse(readFileSync(file, "utf8")) as Description;
  for (const schema of Object.values(document.components.schemas)) closeAnswer(schema);
  for (const [, , operation] of eachOperation(document)) {
    for (const { content } of Object.values(operation.responses)) {
      closeAnswer(content?.["application/json"]?.schema ?? {});
    }
  }
  return document;
}

/**
 * The description demands no property and forbids none, so that `{}` would be a message. Twilio sends every one that
 * it describes, and no other.
 */
function closeAnswer(schema: Schema): void {
  const properties = schema["properties"] as Record<string, Schema> | undefined;
  if (!properties) return;
  schema["required"] = Object.keys(properties);
  schema["additionalProperties"] = false;
  for (const property of Object.values(properties)) {
    // Formats are for texts; what this one means has to be said as a schema.
    if (property["format"] === "uri-map")
      property["additionalProperties"] = { type: "string", format: "uri-reference" };
  }
}

function eachOperation(document = description): [path: string, method: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    ["get", "post"].flatMap((method): [string, string, Operation][] => {
      const operation = item[method];
      return operation ? [[path, method.toUpperCase(), operation]] : [];
    }),
  );
}

function compileOperations(): CompiledOperation[] {
  const requests = newAjv({ coerceTypes: "array" });
  const answers = newAjv({});
  const resolve = (schema: Schema) => ({ ...schema, components: description.components });

  return eachOperation().map(([path, method, operation]) => {
    const parameters = (place: "path" | "query") => {
      const described = operation.parameters.filter((parameter) => parameter.in === place);
      return requests.compile(
        resolve({
          type: "object",
          properties: Object.fromEntries(described.map(({ name, schema }) => [name, schema])),
          required: described.filter(({ required }) => required).map(({ name }) => name),
          additionalProperties: false,
        }),
      );
    };
    const form = operation.requestBody?.content["application/x-www-form-urlencoded"]?.schema ?? {
      type: "object",
    };
    const described = Object.entries(operation.responses).flatMap(([status, { content }]) => {
      const schema = content?.["application/json"]?.schema;
      return schema ? [[Number(status), answers.compile(resolve(schema))] as const] : [];
    });
    return {
      method,
      pathPattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
      path: parameters("path"),
      query: parameters("query"),
      form: requests.compile(resolve({ ...form, additionalProperties: false })),
      answers: new Map(described),
    };
  });
}

function newAjv(options: ConstructorParameters<typeof Ajv>[0]): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, ...options });
  addFormats(ajv);
  ajv.addFormat(
    "date-time-rfc-2822",
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d \+0000$/,
  );
  // A number, a short code, or the name that may stand for a sender; or, as the parameters' prose has it, a channel's address.
  ajv.addFormat("phone-number", /^((whatsapp:)?\+[1-9]\d{1,14}|\d{3,8}|[A-Za-z0-9 &+_-]{1,11})$/);
  ajv.addFormat("currency", /^[A-Z]{3}$/);
  ajv.addFormat("uri-map", true);
  // Twilio's own examples filter by days alone.
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/);
  return ajv;
}

/** What Twilio documents of its error answers; the description has nothing. */
const errorAnswer = newAjv({}).compile({
  type: "object",
  properties: {
    code: { type: "integer", minimum: 10_000, maximum: 99_999 },
    message: { type: "string", minLength: 1 },
    more_info: { type: "string", format: "uri", pattern: "^https://www\\.twilio\\.com/docs/errors/\\d+$" },
    status: { type: "integer", minimum: 400, maximum: 599 },
  },
  required: ["code", "message", "more_info", "status"],
  additionalProperties: false,
});
