/**
 * Health, and the document.
 */
import { z } from "zod";
import type { Operation } from "../http/operation";

export const livez = {
  method: "GET",
  path: "/api/livez",
  id: "livez",
  summary: "Whether the process answers",
  caller: "anyone",
  answers: { 200: { description: "It does.", schema: z.object({ status: z.literal("ok") }) } },
  problems: [],
} as const satisfies Operation;

export const readyz = {
  method: "GET",
  path: "/api/readyz",
  id: "readyz",
  summary: "Whether the service can do its work: the database answers and all migrations are applied",
  caller: "anyone",
  answers: {
    200: {
      description: "It can.",
      schema: z.object({ status: z.literal("ok"), database: z.literal("ok"), migrations: z.literal("ok") }),
    },
  },
  problems: ["unavailable"],
} as const satisfies Operation;

export const openApi = {
  method: "GET",
  path: "/api/openapi.json",
  id: "openApi",
  summary: "This document",
  caller: "key",
  answers: { 200: { description: "OpenAPI 3.1.", schema: z.looseObject({ openapi: z.string() }) } },
  problems: [],
} as const satisfies Operation;
