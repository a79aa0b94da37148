/** Posts that two parsers would read differently: forms as scripts post them, with a little more, and addresses that lead elsewhere. */
import fc from "fast-check";
import type { Draft, Target } from "./draft";
import { hostileText } from "./hostile";
import type { Form, World } from "./world";

/** Fields beside those of a form, in spellings that React may take for its own. */
const NAMES = ["0", "00", "0x0", "-0", "", "S0", "S", "1", "_1_", "_1_number", "_2_number", "1_number"];
const HIDDEN = [
  "$ACTION_9:0",
  "$ACTION_9:1",
  "$ACTION_9:01",
  "$ACTION_REF_9",
  "$ACTION_REF_09",
  "$ACTION_KEY",
];
const VALUES = ["", "[]", '["$K1"]', '"$K1"', '["$@1"]', "$F1", '{"id":"x","bound":"$@01"}', "[[[", "\0"];

/** What a part may say of itself beside its name. */
const PART_HEADERS = [
  "Content-Type: application/octet-stream",
  "Content-Type: text/plain; charset=utf-16le",
  "Content-Transfer-Encoding: base64",
  "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64",
  "Content-Transfer-Encoding: quoted-printable",
];

/** Before a path of ours, they lead to it. */
const DETOURS = [
  "/api/..",
  "/api/%2e%2e",
  "/api/.%2E",
  "/api/x/../..",
  "/.",
  "/api\\..",
  "/api/..%5c..",
  "/api%2f..",
];

/** One in four: what is wrong in all ways is refused for the first. */
function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

interface Part {
  name: string;
  value: string;
  headers?: string;
}

/** Forms of pages, and files, asked for in two meanings at once. */
export function twoReadings({ port }: Target): fc.Arbitrary<Draft> {
  const part = fc.record<Part>(
    {
      name: fc.oneof(fc.constantFrom(...NAMES, ...HIDDEN), hostileText),
      value: fc.oneof(fc.constantFrom(...VALUES), hostileText),
      headers: fc.constantFrom(...PART_HEADERS),
    },
    { requiredKeys: ["name", "value"] },
  );
  return fc
    .record({
      choice: fc.nat(10_000),
      byScripts: fc.boolean(),
      before: fc.array(part, { maxLength: 1 }),
      after: fc.array(part, { maxLength: 1 }),
      said: seldom(fc.tuple(fc.nat(10), fc.constantFrom(...PART_HEADERS))),
      repeated: seldom(fc.nat(10)),
      detour: seldom(fc.constantFrom(...DETOURS)),
      file: seldom(fc.constantFrom("/icon%2esvg", "/world%2Esvg", "/%2ewell-known/security%2etxt")),
      isJson: fc.boolean(),
      address: fc.ipV4(),
    })
    .map((drawn): Draft => ({
      kind: drawn.detour ? "detour" : drawn.byScripts ? "form by scripts" : "form with more",
      make: (world) => {
        const { form, action, parts } = posted(world, drawn.choice, drawn.byScripts);
        const all: Part[] = [...drawn.before, ...parts, ...drawn.after];
        const twice = drawn.repeated === null ? undefined : all[drawn.repeated];
        if (twice) all.push(twice);
        const told = drawn.said && all[drawn.said[0]];
        if (told) told.headers = drawn.said?.[1];
        const isJson = drawn.file !== null && drawn.isJson;
        return {
          method: "POST",
          target: (drawn.detour ?? "") + (drawn.file ?? (form.action || form.page)),
          headers: [
            ["Origin", `http://127.0.0.1:${port}`],
            ["Content-Type", isJson ? "application/json" : "multipart/form-data; boundary=----fuzz"],
            ["Cookie", world.cookie],
            ["X-Forwarded-For", drawn.address],
            ...(action ? ([["Next-Action", action]] as const) : []),
          ],
          body: Buffer.from(isJson ? "{}" : encoded(all)),
        };
      },
    }));
}

/** A form as a page's scripts post it, or as a browser does without them. */
function posted(world: World, choice: number, byScripts: boolean) {
  const form: Form | undefined = world.forms[choice % world.forms.length];
  if (!form) throw new Error("There is no form");
  const parts = form.fields.map(([name, value]): Part => ({ name, value }));
  const hidden = parts.filter(({ name }) => name.startsWith("$ACTION"));
  const [action = ""] = hidden
    .map(({ name, value }) => /[\da-f]{42}/.exec(name + value)?.[0])
    .filter((id) => id !== undefined);
  if (!byScripts) return { form, action: "", parts };
  const state = hidden.find(({ name }) => /^\$ACTION_\d+:1$/.test(name))?.value.slice(1, -1);
  const own = parts.map((part): Part => ({ ...part, name: `_1_${part.name}` }));
  const args = state === undefined ? '["$K1"]' : `[${state},"$K1"]`;
  return { form, action, parts: [...own, { name: "0", value: args }] };
}

function encoded(parts: readonly Part[]): string {
  const lines = parts.map(({ name, value, headers }) =>
    [
      "------fuzz",
      `Content-Disposition: form-data; name="${name.replace(/["\r\n]/g, "")}"`,
      ...(headers ? [headers] : []),
      "",
      value,
      "",
    ].join("\r\n"),
  );
  return `${lines.join("")}------fuzz--\r\n`;
}
