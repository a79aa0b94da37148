/** Every report with rows in every list, as JSON and held against the document: nothing of it goes unlooked at for want of messages. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuid } from "uuid";
import { INSIGHTS_OPERATIONS } from "@/lib/api/insights";
import { secondsAfter, setClock } from "@/lib/clock";
import { DAY_SECONDS, HOUR_SECONDS } from "@/lib/terms/durations";
import { insertHistory, type Batch } from "@/tests/support/insights-database";
import { checkedBy, type Document } from "@/tests/support/openapi";
import { useProduct } from "@/tests/support/product";

const product = useProduct();

const NOW = new Date("2026-06-15T12:00:00Z");
const RANGE = "from=2026-06-08&to=2026-06-15T12:00:00Z";

/** Two weeks, in the second of which Brazil falls, because of messages that fail, and Germany rises. */
function history(): Batch[] {
  return Array.from({ length: 14 }, (_, day): Batch[] => {
    const at = secondsAfter(NOW, -(day + 1) * DAY_SECONDS + 21 * HOUR_SECONDS);
    const thisWeek = day < 7;
    return [
      {
        at,
        country: "BR",
        network: "Claro",
        attempted: 60,
        confirmed: thisWeek ? 20 : 54,
        failed: thisWeek ? 36 : 2,
        errorCode: 30003,
        late: 1,
      },
      {
        at,
        country: "BR",
        network: null,
        attempted: 20,
        confirmed: thisWeek ? 8 : 18,
        failed: 1,
        deliverySeconds: thisWeek ? 60 : 3,
      },
      { at, country: "DE", network: "Telekom", attempted: 60, confirmed: thisWeek ? 56 : 30, failed: 2 },
    ];
  }).flat();
}

beforeAll(async () => {
  await insertHistory(product.pool, history());
  const statements = [
    // Of each batch one got a second message.
    `insert into message
     select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'sid', 'SM' || md5(id || ' again'),
       'attempt', 2, 'secret_hash', '\\x' || md5(id::text) || md5(id::text)))).*
     from message m where id in (select (array_agg(id))[1] from message where confirmed_at is null
                                 group by country, network, requested_at::date)`,
    "update verification set sends = 2 where id in (select verification_id from message where attempt = 2)",
    "update message set price = -0.0075, price_unit = case when country = 'DE' then 'EUR' else 'USD' end, segments = 1",
    `update message set locale = 'pt', sender = 'MG' || md5(country), sent_from = '+15005550001' where country = 'BR'`,
    "update verification v set locale = m.locale, sender = m.sender from message m where m.verification_id = v.id",
    "update verification set client_ip = '203.0.113.7'",
    `update message set sid = null, status = null, refused_at = requested_at, error_code = 21211, delivered_at = null
     where id in (select id from message where country = 'BR' and confirmed_at is null and error_code is null limit 30)`,
    // Taken, refused for good, failed once, and not tried yet.
    `insert into feedback (message_id, due_at, tries, error, reported_at, refused_at)
     select id, confirmed_at, (n % 4)::int, case when n % 4 in (1, 2) then '20404' end,
       case when n % 4 = 3 then confirmed_at + interval '2 s' end, case when n % 4 = 1 then confirmed_at + interval '9 s' end
     from (select id, confirmed_at, row_number() over (order by requested_at) as n from message where confirmed_at is not null) confirmed`,
  ];
  for (const statement of statements) await product.pool.query(statement);
  const alerts = [
    ["BR", "Claro", secondsAfter(NOW, -7 * DAY_SECONDS), null],
    ["DE", "", secondsAfter(NOW, -6 * DAY_SECONDS), secondsAfter(NOW, -4 * DAY_SECONDS)],
  ] as const;
  for (const [country, network, since, until] of alerts) {
    await product.pool.query(
      `insert into alert (id, country, network, since, opened_at, until, baseline_attempted, baseline_confirmed, attempted, confirmed)
       values ($1, $2, $3, $4, $4::timestamptz + interval '1 h', $5, 560, 500, 560, 196)`,
      [uuid(), country, network, since, until],
    );
  }
  await product.pool.query(
    "update alert set acknowledged_at = opened_at, note = 'Carrier told' where network <> ''",
  );
  await product.pool.query(
    "insert into destination_rule select unnest('{BR,DE}'::text[]), 'cap', 1000, 'New range', 'test', $1, $2",
    [NOW, secondsAfter(NOW, DAY_SECONDS)],
  );
});

beforeEach(() => setClock(() => NOW));

interface Asked {
  path: string;
  /** Besides the range. */
  parameters: string;
  /** What is null by definition. */
  none?: string[];
  /** Fields that the document lets be lacking: a country as a whole has no network, and only some reasons have a code. */
  optional?: string[];
}

/** Reports asked with more than their range, and what is special about them. */
const SPECIAL: Asked[] = [
  { path: "/api/insights/destinations", parameters: "limit=1" },
  {
    path: "/api/insights/destinations",
    parameters: "limit=2&by=network",
    none: [
      "rows[].timeToConfirm",
      "rows[].deliveryLatency",
      "totals.timeToConfirm",
      "totals.deliveryLatency",
    ],
    optional: ["rows[].network"],
  },
  ...["sender", "channel", "locale"].map((by) => ({
    path: "/api/insights/destinations",
    parameters: `limit=1&by=${by}`,
    optional: [`rows[].${by}`],
  })),
  {
    path: "/api/insights/destinations/{country}",
    parameters: "compare=previous",
    none: ["networks[].timeToConfirm", "networks[].deliveryLatency"],
    optional: ["networks[].network"],
  },
  {
    path: "/api/insights/blocks",
    parameters: "limit=1",
    none: ["rows[].timeToConfirm", "rows[].deliveryLatency"],
  },
  { path: "/api/insights/messages", parameters: "limit=200" },
  { path: "/api/insights/changes", parameters: "limit=10", optional: ["rows[].reasons[].code"] },
];

const ASKED = INSIGHTS_OPERATIONS.flatMap(({ path }): Asked[] => {
  const special = SPECIAL.filter((asked) => asked.path === path);
  return special.length > 0 ? special : [{ path, parameters: "tz=UTC" }];
});

describe.for(ASKED)("$path with $parameters", ({ path, parameters, none = [], optional = [] }) => {
  async function askedAndChecked() {
    const document = await product.call("GET", "/api/openapi.json");
    const answer = await product.call("GET", `${path.replace("{country}", "BR")}?${RANGE}&${parameters}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return { body: answer.body, faultsOf: checkedBy(document.body as Document)("get", path, answer) };
  }

  test("is as the document says, in every list and every object", async () => {
    const { body, faultsOf } = await askedAndChecked();
    expect(faultsOf(body)).toEqual([]);
    expect(emptyPlaces(body)).toEqual(none);
  });

  test("would not be with a field too many or too few, anywhere", async () => {
    const { body, faultsOf } = await askedAndChecked();
    const unnoticed: string[] = [];
    for (const [place, object] of objectsIn(body)) {
      object["tooMany"] = 0;
      if (faultsOf(body).length === 0) unnoticed.push(`${place} with one more`);
      delete object["tooMany"];
      for (const [name, value] of Object.entries(object)) {
        Reflect.deleteProperty(object, name);
        if (faultsOf(body).length === 0) unnoticed.push(`${place}.${name}`);
        object[name] = value;
      }
    }
    expect(unnoticed).toEqual(optional);
    expect(faultsOf(body)).toEqual([]);
  });
});

/** The first object at each place of an answer; those of a list's rows are at one place. */
function objectsIn(answer: unknown): Map<string, Record<string, unknown>> {
  const objects = new Map<string, Record<string, unknown>>();
  walk(answer, (value, place) => {
    if (isObject(value) && !objects.has(place)) objects.set(place, value);
  });
  return objects;
}

/** Where in an answer there is a list without any row, or nothing at all; of several rows', where all are empty. */
function emptyPlaces(answer: unknown): string[] {
  const lengths = new Map<string, number>();
  walk(answer, (value, place) => {
    if (Array.isArray(value) || value === null) {
      lengths.set(place, (lengths.get(place) ?? 0) + (Array.isArray(value) ? value.length : 0));
    } else lengths.set(place, Infinity);
  });
  return [...lengths].filter(([, length]) => length === 0).map(([place]) => place);
}

function walk(value: unknown, look: (value: unknown, place: string) => void, place = ""): void {
  look(value, place);
  if (Array.isArray(value)) for (const each of value) walk(each, look, `${place}[]`);
  else if (isObject(value)) {
    for (const [name, each] of Object.entries(value))
      walk(each, look, place === "" ? name : `${place}.${name}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
