import { describe, expect, test } from "vitest";
import { hasArguments, boundAction, isCallWithNothing } from "@/scripts/server/action-fields";

/** Of an action that takes so many arguments. */
const id = (count: 0 | 1 | 2) => ["00", "40", "60"][count]?.padEnd(42, "a") ?? "";

describe("a form that scripts post", () => {
  const FIELDS = { _1_number: "+1", _1_$ACTION_REF_1: "", "_1_$ACTION_1:0": "x", _1_$ACTION_KEY: "k" };
  const readable = (count: 0 | 1 | 2, text: string, fields: Record<string, string> = count ? FIELDS : {}) =>
    hasArguments(id(count), new Map(Object.entries({ ...fields, "0": text })));

  test.each([
    [2, '[{"typed":{"country":"US","number":"1"},"problem":null},"$K1"]'],
    [2, '[{"rows":null,"at":"$D2026-11-01T00:00:00.000Z","problem":"$undefined"},"$K1"]'],
    [2, '[{"typed":"$$5 and more","times":"$NaN"},"$K1"]'],
    [1, '["$K1"]'],
    [0, "[]"],
  ] as const)("is readable as React writes it, of %d arguments: %s", (count, text) => {
    expect(readable(count, text)).toBe(true);
  });

  test.each([
    [2, ""],
    [2, "["],
    [2, "[]"],
    [2, "null"],
    [2, "{}"],
    [2, "[null,null]"],
    [2, '[null,"$K1"]'],
    [2, '["$K1"]'],
    [2, '[5,"$K1"]'],
    [1, "[null]"],
    [1, '["x"]'],
    [1, '[{},"$K1"]'],
    [2, '[{},{},"$K1"]'],
    [2, '["$K1",null]'],
    [2, '[{"a":"$F1"},"$K1"]'],
    [2, '[{"a":"$@1"},"$K1"]'],
    [2, '[{"a":["$B1"]},"$K1"]'],
    [2, '[{"a":"$0"},"$K1"]'],
    [2, '[{"a":"$Dnever"},"$K1"]'],
    [1, '["$Kx"]'],
    [1, '["$K01"]'],
    [1, '["$K2"]'],
    [2, '[{"__proto__":1},"$K1"]'],
    [2, `[{"a":${"[".repeat(1_000)}${"]".repeat(1_000)}},"$K1"]`],
  ] as const)("is not readable otherwise, of %d arguments: %.30s", (count, text) => {
    expect(readable(count, text)).toBe(false);
  });

  test.each(["1", "00", "0x0", "-0", "", "S0", "1_number", "_2_number", "_1_", "_1_a b"])(
    "has no field beside its arguments and the form: %j",
    (name) => {
      expect(readable(1, '["$K1"]', { ...FIELDS, [name]: "x" })).toBe(false);
      expect(readable(0, "[]", { [name]: "x" })).toBe(false);
    },
  );

  test("has arguments", () => {
    expect(hasArguments(id(1), new Map([["_1_number", "+1"]]))).toBe(false);
  });

  test("is a text where its action takes nothing", () => {
    expect(isCallWithNothing(id(0), "[]")).toBe(true);
    expect(isCallWithNothing(id(0), "[1]")).toBe(false);
    expect(isCallWithNothing(id(1), "[]")).toBe(false);
    expect(isCallWithNothing(id(2), "[]")).toBe(false);
  });
});

describe("a form that a browser posts", () => {
  const readable = (fields: Record<string, string>) => boundAction(new Map(Object.entries(fields))) !== null;
  const bound = (action: string, state: string) => ({
    $ACTION_REF_1: "",
    "$ACTION_1:0": action,
    "$ACTION_1:1": state,
    $ACTION_KEY: "k",
    number: "+1",
  });

  test.each([
    [{ [`$ACTION_ID_${id(1)}`]: "", number: "+1" }],
    [{ [`$ACTION_ID_${id(0)}`]: "" }],
    [bound(`{"id":"${id(2)}","bound":"$@1"}`, '[{"typed":{"country":"","number":""},"problem":null}]')],
    [bound(`{"id":"${id(0)}","bound":"$@1"}`, '[{"problem":null}]')],
    [{ $ACTION_REF_1: "", "$ACTION_1:0": `{"id":"${id(1)}","bound":null}`, number: "+1" }],
  ])("is readable as the page has it: %j", (fields) => {
    expect(readable(fields)).toBe(true);
  });

  test.each([
    [{ number: "+1" }],
    [{ "": "x", [`$ACTION_ID_${id(1)}`]: "" }],
    [{ "0": "[]", [`$ACTION_ID_${id(1)}`]: "" }],
    [{ [`$ACTION_ID_${id(1)}`]: "", [`$ACTION_ID_${id(0)}`]: "" }],
    [{ [`$ACTION_ID_${id(1)}`]: "", "$ACTION_9:0": "x" }],
    [{ ...bound(`{"id":"${id(2)}","bound":"$@1"}`, "[{}]"), "$ACTION_1:01": "[]" }],
    [{ ...bound(`{"id":"${id(2)}","bound":"$@1"}`, "[{}]"), $ACTION_REF_01: "" }],
    [bound(`{"id":"${id(2)}","bound":"$@01"}`, "[{}]")],
    [bound(`{ "id":"${id(2)}","bound":"$@1"}`, "[{}]")],
    [bound(`{"id":"x","id":"${id(2)}","bound":"$@1"}`, "[{}]")],
    [{ [`$ACTION_ID_${id(2)}`]: "" }],
    [{ $ACTION_ID_x: "" }],
    [{ $ACTION_REF_1: "" }],
    [{ $ACTION_REF_x: "" }],
    [bound("", "[{}]")],
    [bound("[]", "[{}]")],
    [bound('{"id":"x","bound":"$@1"}', "[{}]")],
    [bound(`{"id":"${id(2)}","bound":"$@2"}`, "[{}]")],
    [bound(`{"id":"${id(2)}","bound":"$@1"}`, "{")],
    [bound(`{"id":"${id(2)}","bound":"$@1"}`, "[]")],
    [bound(`{"id":"${id(2)}","bound":"$@1"}`, "[null]")],
    [bound(`{"id":"${id(2)}","bound":"$@1"}`, '[{"a":"$F1"}]')],
    [bound(`{"id":"${id(2)}","bound":"$@1"}`, "[{},{}]")],
    [bound(`{"id":"${id(2)}","bound":null}`, "")],
    [bound(`{"id":"${id(2)}","bound":[]}`, "[{}]")],
  ])("is not readable otherwise: %j", (fields) => {
    expect(readable(fields)).toBe(false);
  });
});
