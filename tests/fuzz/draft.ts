/** A request that is drawn before there is what it asks for. */
import type { RawRequest } from "./raw-http";
import type { Schema } from "./schema";
import type { World } from "./world";

/** Who is asked, and with what. */
export interface Target {
  port: number;
  apiKey: string;
  authToken: string;
  document: Document;
}

/** What of an OpenAPI document is read here. */
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

interface Operation {
  parameters?: { name: string; in: string; schema?: Schema; content?: object }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
}

/** A request that is made when it is its turn, of what there is by then. */
export interface Draft {
  kind: string;
  make: (world: World) => RawRequest;
}
