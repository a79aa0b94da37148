/**
 * The fields in which React's forms come to the server's actions: as React writes them, or Next fails at reading them.
 *
 * A form that a browser posts by itself has fields that begin with `$ACTION_`: which action it is for, and what the page gave it. One
 * that React posts has an action in a header, its arguments as JSON in the field `0`, and of the form in them, `$K1`, the fields as
 * `1_name`. In JSON, texts that begin with `$` are more than texts.
 */

/** Deeper than anything our actions take. */
const MOST_DEPTH = 20;

/** A name that Next gives an action: what it takes, and what nobody guesses. */
const ACTION_ID = /^[\da-f]{42}$/;

/** How many arguments an action takes. The first byte of its id says it: below the highest bit, one for each of six, the first highest. */
function argumentsOf(id: string): number {
  const used = (Number.parseInt(id.slice(0, 2), 16) >> 1) & 0b111111;
  return used === 0 ? 0 : 6 - Math.log2(used & -used);
}

/** Whether a text is the name of an action, whether there is one or not. */
export function isActionId(text: string): boolean {
  return ACTION_ID.test(text);
}

/** Whether an action that takes nothing is called with nothing: then React posts a text, and no form. */
export function isCallWithNothing(id: string, body: string): boolean {
  return argumentsOf(id) === 0 && body === "[]";
}

/** Whether an action can read the fields that React posts: each of ours ends with a form, and begins with its state where it has one. */
export function hasArguments(id: string, fields: ReadonlyMap<string, string>): boolean {
  const count = argumentsOf(id);
  const values = arrayIn(fields.get("0"));
  if (values?.length !== count) return false;
  if (count === 0) return true;
  const last = values.at(-1);
  return (
    count <= 2 &&
    typeof last === "string" &&
    /^\$K[\da-f]+$/.test(last) &&
    values.slice(0, -1).every((value) => isState(value))
  );
}

/** Whether the action, if any, that a browser's form is for can read it. */
export function hasBoundArguments(fields: ReadonlyMap<string, string>): boolean {
  return [...fields.keys()].every((name) => {
    if (name.startsWith("$ACTION_ID_")) {
      const id = name.slice("$ACTION_ID_".length);
      return isActionId(id) && argumentsOf(id) <= 1;
    }
    if (!name.startsWith("$ACTION_REF_")) return true;
    // It is nothing by itself: it says that `$ACTION_1:0` has the action, and where what the page gave it is.
    const [, number] = /^\$ACTION_REF_(\d{1,3})$/.exec(name) ?? [];
    return number !== undefined && isBoundAction(fields, `$ACTION_${number}:`);
  });
}

function isBoundAction(fields: ReadonlyMap<string, string>, prefix: string): boolean {
  const action = parsed(fields.get(`${prefix}0`));
  if (typeof action !== "object" || action === null || Object.keys(action).length > 2) return false;
  const { id, bound }: { id?: unknown; bound?: unknown } = action;
  if (typeof id !== "string" || !isActionId(id)) return false;
  if (bound === null) return argumentsOf(id) <= 1;
  const [, chunk] = typeof bound === "string" ? (/^\$@([\da-f]{1,3})$/.exec(bound) ?? []) : [];
  if (chunk === undefined) return false;
  const values = arrayIn(fields.get(prefix + chunk));
  return values?.length === 1 && values.every((value) => isState(value)) && argumentsOf(id) <= 2;
}

function arrayIn(text: string | undefined): unknown[] | null {
  const value = parsed(text);
  return Array.isArray(value) ? value : null;
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an action answered last, or what the page began with: an object of ours. */
function isState(value: unknown): boolean {
  return typeof value === "object" && value !== null && isPlain(value);
}

/** Whether a value is what our states are made of: no functions, promises, streams or bytes, which React could write as well. */
function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return !value.startsWith("$") || isPlainWord(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth === MOST_DEPTH) return false;
  return Object.entries(value).every(([name, entry]) => name !== "__proto__" && isPlain(entry, depth + 1));
}

/** A text that begins with $ itself, what JSON has no word for, or a moment. */
function isPlainWord(text: string): boolean {
  if (text.startsWith("$D")) return !Number.isNaN(Date.parse(text.slice(2)));
  return text.startsWith("$$") || ["$undefined", "$NaN", "$Infinity", "$-Infinity", "$-0"].includes(text);
}
