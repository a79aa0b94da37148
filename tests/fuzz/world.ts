/** What requests can refer to, so that they get further than the first check: ids, codes, links, forms and a session. */
import type { Simulator } from "@/simulator/server";
import type { AppProcess } from "@/tests/support/app-process";
import { unescaped } from "@/tests/support/page-form";
import { until } from "@/tests/support/until";
import { exchange, type RawAnswer } from "./raw-http";

/** The kinds of thing there is, each a list that grows while the app is spoken to. */
export type World = Record<Thing, string[]> & { forms: Form[]; cookie: string };

export type Thing = "id" | "code" | "number" | "sid" | "messageId" | "cursor" | "link";

/** A form of a page, as a browser would post it. */
export interface Form {
  page: string;
  action: string;
  fields: (readonly [name: string, value: string])[];
}

/** One of what there is, chosen when the request is made: a request is drawn before anything has happened. */
export class Known {
  constructor(
    readonly thing: Thing,
    readonly choice: number,
  ) {}
}

/** The value of a `Known`, or of those within a value. */
export function resolve(value: unknown, world: World): unknown {
  if (value instanceof Known) {
    const list = world[value.thing];
    return list[value.choice % Math.max(1, list.length)] ?? "none";
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, world));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolve(each, world)]));
}

/** Numbers that starts are asked for; none is anywhere else in what is sent. */
export const numberOf = (n: number): string => `+1415555${String(1000 + (n % 9000))}`;

const ACTIONS = ["code", "link", "reply", "temporary_password"];

/** Makes some verifications of each action, signs a browser in, and reads the pages' forms. */
export async function makeWorld(app: AppProcess, simulator: Simulator): Promise<World> {
  const world: World = {
    id: [],
    code: [],
    number: [],
    sid: [],
    messageId: [],
    cursor: [],
    link: [],
    forms: [],
    cookie: "",
  };
  for (const [index, action] of [...ACTIONS, ...ACTIONS].entries()) {
    const to = numberOf(index);
    const { status, body } = await app.call("POST", "/api/verifications", { to, action });
    // A temporary password asks for an account, which nobody has yet.
    if (status !== 201) continue;
    const { id, messageSid } = body as { id: string; messageSid: string };
    world.id.push(id);
    world.sid.push(messageSid);
    world.number.push(to);
    await learnSecrets(world, simulator, to);
  }
  const { body } = await app.call("GET", "/api/insights/messages?limit=2");
  const page = body as { rows: { id: string }[]; nextCursor: string | null };
  world.messageId.push(...page.rows.map((row) => row.id));
  if (page.nextCursor) world.cursor.push(page.nextCursor);
  await signIn(world, app, simulator);
  for (const path of ["/login/password", "/account", "/messages", "/feedback", "/phone", "/"]) {
    await readForms(world, app.port, path);
  }
  for (const link of world.link) await readForms(world, app.port, link);
  return world;
}

/** What an answer of the API tells of new things. */
export function learn(world: World, { headers, body }: RawAnswer): void {
  const location = headers.get("location")?.[0] ?? "";
  const id = /^\/api\/verifications\/([0-9a-f-]{36})$/.exec(location)?.[1];
  if (id) world.id.push(id);
  const next = /"nextCursor":"([^"]+)"/.exec(body.toString("latin1"))?.[1];
  if (next) world.cursor.push(next);
}

async function learnSecrets(world: World, simulator: Simulator, number: string): Promise<void> {
  const message = await until(() => simulator.handset(number).at(-1));
  const code = /#(\d+)$/.exec(message.body)?.[1];
  if (code) world.code.push(code);
  const link = /https?:\/\/[^/\s]+(\/\S+)/.exec(message.body)?.[1];
  if (link) world.link.push(link);
}

/** Signs in by the pages' own forms, without scripts. */
async function signIn(world: World, app: AppProcess, simulator: Simulator): Promise<void> {
  const to = numberOf(100);
  await post(world, app.port, formWith("number", await readForms(world, app.port, "/login")), to);
  const form = formWith("code", await readForms(world, app.port, "/login"));
  await learnSecrets(world, simulator, to);
  await post(world, app.port, form, world.code.at(-1) ?? "");
  if (!world.cookie.includes("otp_session")) throw new Error("The code signed nobody in");
}

interface FilledIn {
  form: Form;
  field: string;
}

function formWith(field: string, forms: Form[]): FilledIn {
  const form = forms.find(({ fields }) => fields.some(([name]) => name === field));
  if (!form) throw new Error(`No form asks for a ${field}: ${JSON.stringify(forms)}`);
  return { form, field };
}

async function post(world: World, port: number, { form, field }: FilledIn, typed: string): Promise<void> {
  const data = new FormData();
  for (const [name, value] of form.fields) data.append(name, name === field ? typed : value);
  const encoded = new Response(data);
  const answer = await exchange(port, {
    method: "POST",
    target: form.action || form.page,
    headers: [
      ["Origin", `http://127.0.0.1:${port}`],
      ["Content-Type", encoded.headers.get("content-type") ?? ""],
      ["Cookie", world.cookie],
    ],
    body: Buffer.from(await encoded.arrayBuffer()),
  });
  keepCookies(world, answer);
}

/** The forms of a page that are posted, kept and given back. */
async function readForms(world: World, port: number, page: string): Promise<Form[]> {
  const headers: [string, string][] = [
    ["Accept", "text/html"],
    ["Cookie", world.cookie],
  ];
  const answer = await exchange(port, { method: "GET", target: page, headers, body: Buffer.alloc(0) });
  keepCookies(world, answer);
  const html = answer?.body.toString() ?? "";
  const forms = [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, attributes = ""]) => /method="post"/i.test(attributes))
    .map(([, attributes = "", inside = ""]): Form => {
      const inputs = [...inside.matchAll(/<(?:input|select|button)\b[^>]*>/g)].map(([tag]) => tag);
      return {
        page,
        action: attribute(attributes, "action"),
        fields: inputs
          .map((tag) => [attribute(tag, "name"), attribute(tag, "value")] as const)
          // Of buttons, and of choices, a browser posts one.
          .filter(([name], index, all) => name !== "" && all.findIndex(([each]) => each === name) === index),
      };
    });
  world.forms.push(...forms);
  return forms;
}

function attribute(tag: string, name: string): string {
  return unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]);
}

function keepCookies(world: World, answer: RawAnswer | null): void {
  const jar = new Map(
    world.cookie
      .split("; ")
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair]),
  );
  for (const line of answer?.headers.get("set-cookie") ?? []) {
    const pair = line.split(";")[0] ?? "";
    jar.set(pair.slice(0, pair.indexOf("=")), pair);
  }
  world.cookie = [...jar.values()].join("; ");
}
