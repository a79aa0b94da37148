/**
 * The fields in which React's forms come to the server's actions: as React writes them, or Next fails at reading them.
 *
 * A form that a browser posts by itself has fields that begin with `$ACTION_`: which action it is for, and what the page gave it. One
 * that React posts has an action in a header, its arguments as JSON in the field `0`, and of the form in them, `$K1`, the fields as
 * `_1_name`. In JSON, texts that begin with `$` are more than texts.
 */

/** Deeper than anything our actions take. */
const MOST_DEPTH = 20;

/** A name that Next gives an action: what it takes, and what nobody guesses. */
const ACTION_ID = /^[\da-f]{42}$/;

/** A field of a form of ours. */
const OWN_FIELD = /^[a-z][\w-]{0,63}$/i;

/** What React adds to a page's form, for a browser without scripts. With scripts, it is posted along with the rest. */
const HIDDEN_FIELD = /^\$ACTION_(?:KEY|REF_\d{1,3}|\d{1,3}:\d{1,3}|ID_[\da-f]{42})$/;

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
  // React takes any other name for a piece of the arguments, and 00 for 0.
  if (count === 0) return fields.size === 1;
  const last = values.at(-1);
  const [, number] = typeof last === "string" ? (/^\$K([1-9])$/.exec(last) ?? []) : [];
  if (number === undefined || count > 2) return false;
  const prefix = `_${number}_`;
  return (
    values.slice(0, -1).every((value) => isState(value)) &&
    [...fields.keys()].every(
      (name) => name === "0" || (name.startsWith(prefix) && isField(name.slice(prefix.length))),
    )
  );
}

function isField(name: string): boolean {
  return OWN_FIELD.test(name) || HIDDEN_FIELD.test(name);
}

/** The action that a browser's form is for; null when there is none, or it could not read the form. */
export function boundAction(fields: ReadonlyMap<string, string>): string | null {
  const hidden = [...fields.keys()].filter((name) => !OWN_FIELD.test(name));
  const [first = "", ...others] = hidden.filter((name) => /^\$ACTION_(?:ID|REF)_/.test(name));
  // No form of ours has buttons for other actions than its own.
  if (others.length > 0) return null;
  if (first.startsWith("$ACTION_ID_")) {
    const id = first.slice("$ACTION_ID_".length);
    return hidden.length === 1 && isActionId(id) && argumentsOf(id) <= 1 ? id : null;
  }
  // It is nothing by itself: it says that `$ACTION_1:0` has the action, and where what the page gave it is.
  const [, number] = /^\$ACTION_REF_(0|[1-9]\d{0,2})$/.exec(first) ?? [];
  return number === undefined ? null : referencedAction(fields, hidden, number);
}

function referencedAction(
  fields: ReadonlyMap<string, string>,
  hidden: readonly string[],
  number: string,
): string | null {
  const prefix = `$ACTION_${number}:`;
  const text = fields.get(`${prefix}0`);
  const action = parsed(text);
  if (typeof action !== "object" || action === null) return null;
  const { id, bound }: { id?: unknown; bound?: unknown } = action;
  // As React writes it: Next looks the id up in the text.
  if (typeof id !== "string" || !isActionId(id) || text !== JSON.stringify({ id, bound })) return null;
  const [, chunk] = typeof bound === "string" ? (/^\$@([1-9])$/.exec(bound) ?? []) : [];
  const used = [`$ACTION_REF_${number}`, `${prefix}0`, "$ACTION_KEY"];
  if (chunk !== undefined) used.push(prefix + chunk);
  else if (bound !== null) return null;
  if (!hidden.every((name) => used.includes(name))) return null;
  if (chunk === undefined) return argumentsOf(id) <= 1 ? id : null;
  const values = arrayIn(fields.get(prefix + chunk));
  const isBound = values?.length === 1 && values.every((value) => isState(value)) && argumentsOf(id) <= 2;
  return isBound ? id : null;
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
