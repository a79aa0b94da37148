/**
 * Answers held against the OpenAPI document.
 */
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import type { Answer } from "./product";

export interface Document {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, object> }> }>>;
}

/** Expects of answers what a document says of them. */
export function describedBy(document: Document) {
  const check = checkedBy(document);
  return (method: string, path: string, answer: Answer) => {
    const called = `${method} ${path} ${answer.status}`;
    expect(check(method, path, answer)(answer.body), called).toEqual([]);
  };
}

/** Of an operation's answers of one kind: a check of bodies, which says what is wrong with each. */
export function checkedBy(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, "document");
  return (method: string, path: string, { status, headers }: Pick<Answer, "status" | "headers">) => {
    const { content } = document.paths[path]?.[method]?.responses[status] ?? {};
    const mediaType = (headers.get("content-type") ?? "").split(";")[0] ?? "";
    expect(content, `${method} ${path} ${status}`).toHaveProperty([mediaType]);
    const pointer = ["paths", path, method, "responses", String(status), "content", mediaType, "schema"];
    const validate = ajv.compile({ $ref: `document#/${pointer.map(encodePointer).join("/")}` });
    return (body: unknown) => (validate(body) ? [] : (validate.errors ?? []));
  };
}

function encodePointer(segment: string): string {
  return encodeURIComponent(segment.replaceAll("~", "~0").replaceAll("/", "~1"));
}
