/**
 * Cuts the part of Twilio's OpenAPI description that the contract suite checks against out of the whole:
 *
 *     npm pack @twilio/cli-core@9.0.0 && tar xzf twilio-cli-core-9.0.0.tgz
 *     node --import tsx scripts/twilio-openapi-slice.ts package/src/services/twilio-api/twilio_api_v2010.json
 *
 * Kept are Messages and their Feedback with the schemas they refer to; left out is prose. One thing is corrected: a
 * list's links are relative, so they are `uri-reference` and not `uri`, as Twilio's own examples show.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { formatted } from "./support/formatted";

const TARGET = "tests/contract/twilio-messages.openapi.json";
const ACCOUNT = "/2010-04-01/Accounts/{AccountSid}";
const PATHS = [
  `${ACCOUNT}/Messages.json`,
  `${ACCOUNT}/Messages/{Sid}.json`,
  `${ACCOUNT}/Messages/{MessageSid}/Feedback.json`,
];
const SCHEMA_REF = "#/components/schemas/";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

interface Description {
  openapi: string;
  info: Json;
  servers: Json;
  paths: Record<string, Json>;
  components: { securitySchemes: Json; schemas: Record<string, Json> };
}

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error("Usage: node --import tsx scripts/twilio-openapi-slice.ts <twilio_api_v2010.json>");
  process.exit(1);
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Twilio's own file, and what is missing in it shows
const slice = cut(JSON.parse(readFileSync(source, "utf8")) as Description);
writeFileSync(TARGET, await formatted(TARGET, slice));
console.log(`${TARGET}: ${Object.keys(slice.components.schemas).length} schemas`);

function cut(whole: Description): Description {
  const paths: Record<string, Json> = {};
  for (const path of PATHS) {
    const item = whole.paths[path];
    if (item === undefined) throw new Error(`The description has no ${path}`);
    paths[path] = correctLinks(withoutProse(item));
  }
  const schemas: Record<string, Json> = {};
  collectSchemas(paths, whole.components.schemas, schemas);
  return {
    openapi: whole.openapi,
    info: withoutProse(whole.info),
    servers: whole.servers,
    paths,
    components: { securitySchemes: whole.components.securitySchemes, schemas },
  };
}

function collectSchemas(node: Json, all: Record<string, Json>, found: Record<string, Json>): void {
  if (typeof node === "string" && node.startsWith(SCHEMA_REF)) {
    const name = node.slice(SCHEMA_REF.length);
    const schema = all[name];
    if (name in found || schema === undefined) return;
    found[name] = withoutProse(schema);
    collectSchemas(found[name], all, found);
  } else if (typeof node === "object" && node !== null) {
    for (const child of Object.values(node)) collectSchemas(child, all, found);
  }
}

function withoutProse(node: Json): Json {
  return mapObjects(node, ({ description, ...rest }) =>
    // A property may itself be called description; prose is text.
    description === undefined || typeof description === "string" ? rest : { description, ...rest },
  );
}

function correctLinks(node: Json): Json {
  return mapObjects(node, (object) => {
    const { properties } = object;
    if (typeof properties !== "object" || properties === null || !("first_page_uri" in properties))
      return object;
    const corrected = Object.entries(properties).map(([name, property]): [string, Json] =>
      /(^|_)uri$/.test(name) && typeof property === "object" && !Array.isArray(property)
        ? [name, { ...property, format: "uri-reference" }]
        : [name, property],
    );
    return { ...object, properties: Object.fromEntries(corrected) };
  });
}

function mapObjects(node: Json, change: (object: { [key: string]: Json }) => { [key: string]: Json }): Json {
  if (Array.isArray(node)) return node.map((child) => mapObjects(child, change));
  if (typeof node !== "object" || node === null) return node;
  const children = Object.entries(node).map(([key, child]): [string, Json] => [
    key,
    mapObjects(child, change),
  ]);
  return change(Object.fromEntries(children));
}
