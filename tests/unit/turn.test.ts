/** Long work in pieces: what others do comes in between. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { writeBody, writtenAnswer } from "@/lib/http/answer";
import type { Operation } from "@/lib/http/operation";
import { csvResponse } from "@/lib/insights/reports/csv";
import { inTurns } from "@/lib/turn";

/** Counts the turns of the event loop while some work lasts. */
async function turnsOf(work: (now: () => number) => Promise<unknown>): Promise<number> {
  let turns = 0;
  let working = true;
  const count = () => {
    turns += 1;
    if (working) setImmediate(count);
  };
  setImmediate(count);
  await work(() => turns);
  working = false;
  return turns;
}

const ROWS = Array.from({ length: 1_000 }, (_, n) => ({ n, text: `row ${n}` }));

describe("long work", () => {
  test("is what it would be at once, with a turn for others between its pieces", async () => {
    let made: number[] = [];
    const turns = await turnsOf(async () => (made = await inTurns(ROWS, ({ n }, index) => n + index)));
    expect(made).toEqual(ROWS.map(({ n }) => 2 * n));
    expect(turns).toBeGreaterThanOrEqual(9);
  });

  test("of many at once is one piece a turn, whoever's", async () => {
    const pieces: number[] = [];
    await turnsOf((now) =>
      Promise.all(
        [1, 2, 3].map(() =>
          inTurns(ROWS, (_, index) => {
            if (index > 0 && index % 100 === 0) pieces.push(now());
          }),
        ),
      ),
    );
    expect(pieces).toHaveLength(27);
    expect(new Set(pieces).size).toBe(27);
  });
});

const operation = {
  method: "GET",
  path: "/",
  id: "long",
  summary: "",
  caller: "anyone",
  answers: { 200: { description: "", schema: z.looseObject({}) } },
  problems: [],
} as const satisfies Operation;

describe("a long answer", () => {
  test("is the same JSON, in pieces", async () => {
    const body = {
      range: { at: new Date(0) },
      left: undefined,
      rows: ROWS,
      none: [],
      previous: null,
      more: ROWS,
    };
    let text = "";
    const turns = await turnsOf(async () => {
      text = await writtenAnswer(await writeBody(operation, 200, body)).text();
    });
    expect(text).toBe(JSON.stringify(body));
    expect(turns).toBeGreaterThanOrEqual(40);
  });

  test("as a file is written in pieces, too", async () => {
    let lines = 0;
    const turns = await turnsOf(async () => {
      const response = await csvResponse("rows", ["n", "text"], ROWS);
      lines = (await response.text()).split("\r\n").length;
    });
    expect(lines).toBe(1_002);
    expect(turns).toBeGreaterThanOrEqual(9);
  });
});
