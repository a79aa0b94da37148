/**
 * The OpenAPI 3.1 document, made from the operations' own schemas.
 */
import { z } from "zod";
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import { SESSION_COOKIE_NAME } from "../account/session";
import { env } from "../env";
import { PROBLEMS, type ProblemCode } from "../errors";
import { objectBehind, type Operation } from "../http/operation";
import { namesOf } from "../terms/names";
import { OPERATIONS } from ".";
import { INSIGHTS_OPERATIONS } from "./insights";
import { SentMessageBody } from "./verifications/bodies";

const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(namesOf(PROBLEMS)),
    requestId: z.string(),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "Of `invalid_request`: each invalid field, and what it may be." }),
    "violated-policies": z.array(z.string()).optional().meta({
      description:
        "Of a quota that is used up, whose `type` is the one of draft-ietf-httpapi-ratelimit-headers: its name in `RateLimit-Policy` and `RateLimit`.",
    }),
    twilioCode: z
      .int()
      .nullable()
      .optional()
      .meta({ description: "Of `send_failed`: Twilio's error code; null when Twilio could not be reached." }),
    verification: SentMessageBody.optional().meta({
      description: "Of `send_failed` and `send_unknown`: the verification, which stays.",
    }),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details." });

/** What the frame around an operation refuses with, whatever the operation does. */
function frameProblems(operation: Operation): ProblemCode[] {
  const problems: ProblemCode[] = ["internal_error", "unavailable"];
  if (SECURITY[operation.caller].some((shown) => "key" in shown)) problems.push("unauthorized");
  if (operation.caller === "twilio") problems.push("bad_signature");
  if (operation.params) problems.push("not_found");
  if (operation.headers || operation.query || (operation.body && !operation.takesAnything)) {
    problems.push("invalid_request");
  }
  if (operation.body) problems.push("body_incomplete", "body_too_large", "unsupported_media_type");
  if (operation.body && operation.caller !== "twilio") problems.push("malformed_json");
  return problems;
}

/** The document. Paths are those of the routes under `app/api`. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation),
    };
  }
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "OTP Insights",
        version: "1",
        description:
          "Sends one-time passwords through Twilio, checks them, and reports Message Feedback for the messages that worked.\n\nKeys separate programs: a key finds only the verifications it started, and any other is a 404. The reports are common to all keys.",
      },
      servers: [{ url: env().PUBLIC_BASE_URL }],
      security: [],
      paths,
      components: {
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: "One of API_KEYS." },
          session: {
            type: "apiKey",
            in: "cookie",
            name: SESSION_COOKIE_NAME,
            description: "An operator's, signed in at /login; the name has the prefix `__Host-` over https.",
          },
          twilio: {
            type: "apiKey",
            in: "header",
            name: "X-Twilio-Signature",
            description: "Twilio's signature over the URL and the form.",
          },
        },
      },
    },
    { override: datesAsStrings },
  );
}

/** JSON has no dates: answers carry them in ISO 8601, UTC. */
const datesAsStrings: CreateDocumentOptions["override"] = ({ jsonSchema, zodSchema }) => {
  if (zodSchema._zod.def.type === "date") {
    jsonSchema.type = "string";
    jsonSchema.format = "date-time";
  }
};

/** What each caller shows; where the dashboard is open, readers need to show nothing. */
const SECURITY: Record<Operation["caller"], Record<string, string[]>[]> = {
  key: [{ key: [] }],
  reader: [{ key: [] }, { session: [] }, {}],
  operator: [{ key: [] }, { session: [] }],
  twilio: [{ twilio: [] }],
  anyone: [],
};

function describe(operation: Operation): ZodOpenApiOperationObject {
  const mediaType = operation.caller === "twilio" ? "application/x-www-form-urlencoded" : "application/json";
  return {
    operationId: operation.id,
    summary: operation.summary,
    description: operation.description,
    security: SECURITY[operation.caller],
    requestParams: {
      ...(operation.params && { path: operation.params }),
      ...(operation.query && { query: objectBehind(operation.query) }),
      ...(operation.headers && { header: operation.headers }),
    },
    ...(operation.body && {
      requestBody: { required: true, content: { [mediaType]: { schema: operation.body } } },
    }),
    responses: { ...answers(operation), ...refusals(operation) },
  };
}

function answers(operation: Operation): ZodOpenApiResponsesObject {
  return Object.fromEntries(
    Object.entries(operation.answers).map(([status, { description, schema }]) => [
      status,
      { description, ...(schema && { content: contentOf(operation, schema) }) },
    ]),
  );
}

/** Reports are also tables. */
function contentOf(operation: Operation, schema: z.ZodType) {
  return {
    "application/json": { schema },
    ...(INSIGHTS_OPERATIONS.includes(operation) && {
      "text/csv": {
        schema: z.string().meta({
          description:
            "RFC 4180, in UTF-8 with a byte order mark. Beside each moment is its local time in `tz`, as `startLocal`, and at the end the zone; numbers are texts such as `(+5511987654***)`, which `block` takes back; no cell is a formula.",
        }),
      },
    }),
  };
}

/** One response for each status, since OpenAPI keys them by it; the codes behind it are named in its description. */
function refusals(operation: Operation): ZodOpenApiResponsesObject {
  const codes = [...new Set([...operation.problems, ...frameProblems(operation)])];
  const responses: ZodOpenApiResponsesObject = {};
  for (const status of new Set(codes.map((code) => PROBLEMS[code].status))) {
    const ofStatus = codes.filter((code) => PROBLEMS[code].status === status);
    responses[`${status}`] = {
      description: ofStatus.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(" "),
      content: { "application/problem+json": { schema: ProblemBody } },
    };
  }
  return responses;
}
