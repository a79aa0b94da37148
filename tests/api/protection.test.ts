/** What rules refuse, and the most that can be lost: the counters, the decisions and what people say of destinations. */
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { Webhook } from "standardwebhooks";
import { secondsAfter, now } from "@/lib/clock";
import { foldDeltas } from "@/lib/insights/counting/fold";
import { NotificationDelivery } from "@/lib/notifications/deliver";
import { watchBreakers } from "@/lib/notifications/watch/breaker";
import { forgetSpentLimits } from "@/lib/protection/forget";
import { keepPartitions } from "@/lib/protection/partitions";
import { putDestinationRule } from "@/lib/protection/destination-rules";
import type { Spot } from "@/lib/protection/place";
import { readStates } from "@/lib/protection/states";
import { changeRule } from "@/lib/protection/rules";
import { workOutUsual } from "@/lib/insights/counting/usual";
import { RULE_NAMES, type DestinationMode, type RuleMode, type RuleName } from "@/lib/terms/rules";
import { useProduct, type Answer } from "@/tests/support/product";
import { receiveWebhooks } from "@/tests/support/receivers";
import { until } from "@/tests/support/until";

const product = useProduct();

const set = (name: RuleName, mode: RuleMode, threshold: number) =>
  changeRule({ name, mode, threshold, author: "test" });

interface Case {
  clientIp?: string;
}

let brazil = 1000;
/** A Brazilian mobile number that no other has, in a block of ten. */
const inBlock = (block: number, n: number) => `+55119${String(90000 + block)}${String(n).padStart(3, "0")}`;
const scattered = () => inBlock((brazil += 1), 7 * (brazil % 90));

/** A moment after what came before, so that decisions have an order. */
function ask(to: string, { clientIp }: Case = {}): Promise<Answer> {
  product.advance(0.001);
  return product.call("POST", "/api/verifications", { to, clientIp });
}

interface Kept {
  verdict: string;
  exempt: boolean;
  fired: { rule: string; mode: string; scope?: string }[];
  figures: Record<string, number>;
}

async function decisions(): Promise<Kept[]> {
  return (
    await product.pool.query<Kept>("select verdict, exempt, fired, figures from decision order by at, id")
  ).rows;
}

const newest = async () => (await decisions()).at(-1)!;

beforeEach(async () => {
  await product.pool.query(
    "delete from exposure; delete from decision; delete from usual; delete from destination_rule; delete from safe_entry",
  );
  await set("exposure", "monitor", 1);
  for (const name of ["first_destination", "collapse", "top_block", "sequential", "line_type"] as const) {
    await product.pool.query("update rule set mode = 'off' where name = $1", [name]);
  }
});

describe("a destination that was refused", () => {
  const steps = async () =>
    (
      await product.pool.query<{ place: string; step: string }>(
        "select place, step from breaker_step where place like '+%' order by id",
      )
    ).rows.map(({ place, step }) => `${place} ${step}`);

  let n = 0;
  const next = () => {
    n += 1;
    return inBlock(60, 3 * n);
  };
  const confirm = async (to: string, { body }: Answer) => {
    const { body: checked } = await product.check(body.id, await product.codeOn(to));
    expect(checked.status).toBe("approved");
  };

  beforeEach(async () => {
    await product.pool.query("delete from breaker_step");
    await set("exposure", "enforce", 1);
    await product.pool.query("insert into usual values ('BR', 5000, 0.3, null), ('', 5000, 0.3, null)");
    // Of the block's day a hundred were confirmed, so that its hour is used up first.
    await product.pool.query(
      `insert into exposure (scope, subject, exempt, slots, sent, confirmed, failed, touched_at)
        values ('block', '+5511990060', false, array[date_bin('1 hour', $1::timestamptz - interval '3 hours', 'epoch')], '{100}', '{100}', '{0}', $1)`,
      [now()],
    );
    while ((await ask(next())).status === 201) product.advance(240);
    expect(await steps()).toEqual(["+5511990060 opened"]);
  });

  test("is tried with one message, and opens by two for each that is confirmed, until it is closed", async () => {
    // What was unanswered has left the hour: without a breaker eight would be sent at once.
    product.advance(66 * 60);
    let to = next();
    let tried = await ask(to);
    expect(tried.status).toBe(201);
    expect((await ask(next())).status).toBe(429);
    expect((await newest()).fired).toMatchObject([
      { rule: "exposure", scope: "block", breaker: "half_open" },
    ]);
    await confirm(to, tried);
    let sent = 0;
    for (; sent < 20; sent += 1) {
      to = next();
      const answer = await ask(to);
      if (answer.status !== 201) break;
      tried = answer;
    }
    expect(sent).toBe(2);
    const { body } = await product.call("GET", "/api/protection/breakers");
    expect(body.rows).toMatchObject([{ place: "+5511990060", state: "half_open", room: 0, confirmed: 1 }]);
    expect(body.steps).toMatchObject([
      { place: "+5511990060", step: "half_open" },
      { place: "+5511990060", step: "opened", unanswered: 9, allowed: 8, confirmed: 0 },
    ]);
    while ((await steps()).length < 3) {
      product.advance(3600);
      tried = await ask((to = next()));
      expect(tried.status).toBe(201);
      await confirm(to, tried);
    }
    expect(await steps()).toEqual(["+5511990060 opened", "+5511990060 half_open", "+5511990060 closed"]);
  });

  test("is told of, from the attack to its end, each step once, though the receiver was away for the attack", async () => {
    const receiver = await receiveWebhooks();
    onTestFinished(() => receiver.close());
    const target = {
      kind: "webhook",
      target: `${receiver.origin}/hook`,
      events: ["breaker"],
      minSeverity: "info",
    };
    const { status, body } = await product.call("POST", "/api/notifications", target);
    expect(status).toBe(201);
    const tell = async () => {
      await Promise.all([watchBreakers(), watchBreakers()]);
      for (const delivery of [new NotificationDelivery(), new NotificationDelivery()]) {
        product.advance(1);
        await delivery.begin();
        await delivery.settled();
      }
    };
    const told = () =>
      receiver.posts.map(({ headers, body: text }) => {
        const [id, at] = ["webhook-id", "webhook-timestamp"].map((name) => String(headers[name]));
        expect(headers["webhook-signature"]).toBe(
          new Webhook(body.secret).sign(id!, new Date(Number(at) * 1_000), text),
        );
        const { type, data } = JSON.parse(text) as { type: string; data: { place: string } };
        return `${type} ${data.place}`;
      });

    await receiver.leave();
    await tell();
    product.advance(66 * 60);
    const to = next();
    const tried = await ask(to);
    expect(tried.status).toBe(201);
    await tell();
    expect(told()).toEqual([]);
    await receiver.comeBack();
    product.advance(3600);
    await tell();
    await tell();
    expect(told()).toEqual(["breaker.opened +5511990060", "breaker.half_open +5511990060"]);

    for (let sent = 0; (await steps()).length < 3; sent += 1) {
      expect(sent).toBeLessThan(20);
      product.advance(3600);
      const number = next();
      await confirm(number, await ask(number));
      await tell();
    }
    await tell();
    expect(told().slice(2)).toEqual(["breaker.cleared +5511990060"]);
    expect(new Set(receiver.posts.map(({ headers }) => headers["webhook-id"])).size).toBe(3);
  });

  test("is tried less and less often while nobody answers", async () => {
    product.advance(66 * 60);
    const waits: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await ask(next())).status).toBe(201);
      const refused = await ask(next());
      expect(refused.status).toBe(429);
      const { rows } = await product.pool.query<{ wait: number }>(
        "select extract(epoch from next_try_at - $1::timestamptz)::float8 as wait from exposure where scope = 'block' and opened_at is not null",
        [now()],
      );
      waits.push(Math.round(rows[0]!.wait / 60));
      product.advance(rows[0]!.wait);
    }
    expect(waits).toEqual([10, 20, 40, 60, 60]);
  });

  test("is closed when the rule no longer refuses, and when nothing of it is left", async () => {
    await set("exposure", "monitor", 1);
    expect(await steps()).toEqual(["+5511990060 opened", "+5511990060 closed"]);
    await set("exposure", "enforce", 1);
    expect((await ask(next())).status).toBe(429);
    product.advance(27 * 3600);
    await forgetSpentLimits();
    expect((await steps()).at(-1)).toBe("+5511990060 closed");
    expect((await ask(next())).status).toBe(201);
  });
});

describe("what is unanswered", () => {
  test("in a block stops at what it may have, in flight and after", async () => {
    await set("exposure", "enforce", 1);
    await product.pool.query("insert into usual values ('BR', 500, 0.3, null), ('', 500, 0.3, null)");
    const statuses: number[] = [];
    for (let n = 0; n < 40; n += 1) {
      statuses.push((await ask(inBlock(1, 3 * n))).status);
      product.advance(20);
    }
    const sent = statuses.filter((status) => status === 201).length;
    // Eight of an hour, and ten that may be in flight.
    expect(sent).toBeGreaterThanOrEqual(8);
    expect(sent).toBeLessThanOrEqual(18);
    const refused = await ask(inBlock(1, 999));
    expect([refused.status, refused.body.code]).toEqual([429, "rate_limited"]);
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(refused.headers.get("ratelimit-policy")).toBe(`"destination";q=1;w=${wait}`);
    expect(refused.headers.get("ratelimit")).toBe(`"destination";r=0;t=${wait}`);
    expect(JSON.stringify(refused.body)).not.toMatch(/exposure|block|unanswered/);
    expect(await newest()).toMatchObject({
      verdict: "refused",
      fired: [{ rule: "exposure", mode: "enforce", scope: "block", place: "+5511990001" }],
    });
    // Other blocks go on.
    expect((await ask(inBlock(2, 0))).status).toBe(201);
  });

  test("is only noted where the rule watches", async () => {
    for (let n = 0; n < 25; n += 1) {
      expect((await ask(inBlock(3, 3 * n))).status).toBe(201);
      product.advance(20);
    }
    expect(await newest()).toMatchObject({
      verdict: "would_refuse",
      fired: [
        { rule: "exposure", mode: "monitor", scope: "country" },
        { rule: "exposure", mode: "monitor", scope: "block" },
      ],
    });
  });

  test("is nothing where all is confirmed, however many there are", async () => {
    await set("exposure", "enforce", 1);
    for (let n = 0; n < 60; n += 1) {
      const to = inBlock(4, 3 * n);
      const { body, status } = await ask(to, { clientIp: "203.0.113.9" });
      expect(status).toBe(201);
      const { body: checked } = await product.check(body.id, await product.codeOn(to));
      expect(checked.status).toBe("approved");
      product.advance(7);
    }
    const { rows } = await product.pool.query(
      `select scope, c.sent_hour, c.confirmed_hour, c.in_flight, c.unanswered_hour from exposure e,
        lateral exposure_counts(slots, sent, confirmed, failed, $1) c where scope = 'country'`,
      [now()],
    );
    expect(rows).toMatchObject([{ sent_hour: 60, confirmed_hour: 60, in_flight: 0, unanswered_hour: 0 }]);
  });

  test("ages out of the hour and of the day", async () => {
    await set("exposure", "enforce", 1);
    for (let n = 0; n < 40; n += 1) await ask(inBlock(5, 3 * n));
    expect((await ask(inBlock(5, 200))).status).toBe(429);
    product.advance(25 * 3600 + 60);
    expect((await ask(inBlock(5, 201))).status).toBe(201);
  });

  test("does not count what the carrier gave up, but as failed", async () => {
    const { body } = await ask(inBlock(6, 0));
    // Its callbacks have come, and change nothing after this.
    await until(async () => {
      const { rows } = await product.pool.query("select status from message where verification_id = $1", [
        body.id,
      ]);
      return rows[0]?.status === "delivered";
    });
    await product.pool.query(
      "update message set status = 'undelivered', failed_at = $2 where verification_id = $1",
      [body.id, now()],
    );
    product.advance(600);
    const { rows } = await product.pool.query(
      `select c.failed_day, c.unanswered_day from exposure e, lateral exposure_counts(slots, sent, confirmed, failed, $1) c
        where scope = 'block'`,
      [now()],
    );
    expect(rows).toEqual([{ failed_day: 1, unanswered_day: 0 }]);
  });

  test("of an address is refused at the fourth country none of which came back", async () => {
    await set("exposure", "enforce", 1);
    const clientIp = "2001:db8::1";
    for (const to of ["+4915112345678", "+33612345678", "+34612345678"]) {
      expect((await ask(to, { clientIp })).status).toBe(201);
    }
    expect((await ask("+393123456789", { clientIp: "2001:db8::2" })).status).toBe(429);
    expect((await ask("+393123456789", { clientIp: "2001:db8:1::2" })).status).toBe(201);
  });
});

describe("a number that signed in of late", () => {
  async function signIn(to: string) {
    const { body } = await ask(to);
    await product.check(body.id, await product.codeOn(to));
    product.advance(3600);
  }

  test("has messages although its destination is blocked, and others do not", async () => {
    const known = inBlock(7, 0);
    await signIn(known);
    await product.pool.query(
      "insert into destination_rule values ('BR', 'block', null, 'pumping', 'test', $1, null)",
      [now()],
    );
    expect((await ask(known)).status).toBe(201);
    expect(await newest()).toMatchObject({ verdict: "allowed", exempt: true });
    const stranger = await ask(inBlock(7, 50));
    expect([stranger.status, stranger.body.code]).toEqual([403, "destination_refused"]);
    await product.pool.query("insert into safe_entry values ('+5511990007', 'ours', 'test', $1)", [now()]);
    expect((await ask(inBlock(7, 60))).status).toBe(201);
    product.advance(91 * 86_400);
    expect((await ask(known)).status).toBe(201); // its block is safe, too
    await product.pool.query("delete from safe_entry");
    product.advance(3600);
    expect((await ask(known)).status).toBe(403);
  });

  test("has messages although strangers have used up its block", async () => {
    const known = inBlock(8, 0);
    await signIn(known);
    await set("exposure", "enforce", 1);
    for (let n = 1; n < 40; n += 1) await ask(inBlock(8, 3 * n));
    expect((await ask(inBlock(8, 500))).status).toBe(429);
    expect((await ask(known)).status).toBe(201);
  });
});

describe("what people say of a destination", () => {
  const say = (place: string, mode: string, perHour: number | null = null, until: Date | null = null) =>
    product.pool.query("insert into destination_rule values ($1, $2, $3, 'why', 'test', $4, $5)", [
      place,
      mode,
      perHour,
      now(),
      until,
    ]);

  test("is of the block before the country, and ends when it is to", async () => {
    await say("BR", "block", null, secondsAfter(now(), 100));
    await say("+5511990009", "allow");
    expect((await ask(inBlock(9, 1))).status).toBe(201);
    expect((await ask(inBlock(10, 1))).status).toBe(403);
    product.advance(100);
    expect((await ask(inBlock(10, 1))).status).toBe(201);
  });

  test("caps an hour exactly, also of 60 at once", async () => {
    await say("BR", "cap", 7);
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask(scattered())));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(7);
    expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(
      Array<string>(53).fill("rate_limited"),
    );
  });

  test("allows what rules would refuse, and says so", async () => {
    await set("exposure", "enforce", 0.1);
    await say("BR", "allow");
    for (let n = 0; n < 20; n += 1) expect((await ask(inBlock(11, 3 * n))).status).toBe(201);
    expect((await newest()).fired).toMatchObject([{ rule: "exposure", mode: "enforce", scope: "block" }]);
    expect((await newest()).verdict).toBe("would_refuse");
  });

  test("that it is only watched leaves word", async () => {
    await say("BR", "monitor");
    expect((await ask(scattered())).status).toBe(201);
    expect(await newest()).toMatchObject({
      verdict: "would_refuse",
      fired: [{ rule: "destination", mode: "monitor" }],
    });
  });
});

/** Where places stand, as a report's row has it. */
describe("the state of a place", () => {
  const HERE = { country: "BR", network: "Claro", block: "+5511990070" };
  /** Of a number that was not asked for before. */
  let asked = 0;
  const askHere = () => ask(inBlock(70, (asked += 3)));
  const say = (place: string, mode: DestinationMode, perHour: number | null = null) =>
    putDestinationRule({ place, mode, perHour, reason: "why", author: "test", until: null });
  /** In a word, with whose it is. */
  const stateOf = async (spot: Spot = HERE) => {
    const { is, of } = (await readStates([spot]))(spot);
    return of === null ? is : `${is} of ${of}`;
  };
  const send = async (times: number) => {
    for (let n = 0; n < times; n += 1) expect((await askHere()).status).toBe(201);
  };

  test("is open until something is said, of the most particular place first", async () => {
    expect(await stateOf()).toBe("open");
    await say("BR", "block");
    expect(await stateOf()).toBe("blocked of BR");
    await say("BR:Claro", "monitor");
    expect(await stateOf()).toBe("monitored of BR:Claro");
    await say("+5511990070", "allow");
    expect(await stateOf()).toBe("allowed of +5511990070");
    expect(await stateOf({ country: "BR", network: "Vivo" })).toBe("blocked of BR");
    expect(await stateOf({ country: "DE" })).toBe("open");
  });

  test("is that of a cap, and refusing once the cap is used up", async () => {
    await say("BR", "cap", 2);
    expect((await readStates([HERE]))(HERE)).toEqual({
      is: "capped",
      by: "said",
      of: "BR",
      perHour: 2,
      reason: "why",
      until: null,
    });
    await send(2);
    expect(await stateOf()).toBe("refusing of BR");
    expect((await askHere()).status).toBe(429);
    product.advance(3_900);
    expect(await stateOf()).toBe("capped of BR");
  });

  test("is full where the rule only notes it, and refusing where it refuses: just before the next message is", async () => {
    await product.pool.query("insert into usual values ('BR', 500, 0.3, null), ('', 500, 0.3, null)");
    await set("exposure", "enforce", 1);
    const states: string[] = [];
    const answers: number[] = [];
    for (let n = 0; n < 24; n += 1) {
      states.push(await stateOf());
      answers.push((await askHere()).status);
      product.advance(20);
    }
    expect(states.map((state) => (state === "open" ? 201 : 429))).toEqual(answers);
    expect(states.at(-1)).toBe("refusing of +5511990070");
    expect(await stateOf({ ...HERE, block: "+5511990071" })).toBe("open");
    await set("exposure", "monitor", 1);
    expect(await stateOf()).toBe("full of +5511990070");
    await say("BR", "allow");
    expect(await stateOf()).toBe("allowed of BR");
  });

  test("is refusing while its breaker lets nothing through, opening while it is tried, and the rule’s", async () => {
    await set("exposure", "enforce", 1);
    await product.pool.query("insert into usual values ('BR', 5, 0.5, null)");
    await product.pool.query(
      `insert into exposure (scope, subject, exempt, touched_at, opened_at, room, tries, answered, needed, next_try_at)
       values ('network', 'BR:Claro', false, $1, $1, 0, 0, 0, 2, $2)`,
      [now(), secondsAfter(now(), 600)],
    );
    expect((await readStates([HERE]))(HERE)).toMatchObject({
      is: "refusing",
      by: "breaker",
      of: "BR:Claro",
    });
    expect(await stateOf({ country: "BR" })).toBe("open");
    product.advance(600);
    expect(await stateOf()).toBe("opening of BR:Claro");
    await set("exposure", "monitor", 1);
    expect(await stateOf()).toBe("open");
  });

  test("is that of all new destinations together, where a country is one", async () => {
    await set("first_destination", "enforce", 2);
    for (let n = 0; n < 40; n += 1) await ask(scattered());
    product.advance(600);
    expect(await stateOf({ country: "DE" })).toBe("refusing of first");
    await product.pool.query("insert into usual values ('DE', 5, 0.5, null)");
    // So many everything together may not have, either, which is only noted.
    expect(await stateOf({ country: "DE" })).toBe("full of all");
  });

  test("is blocked where the settings leave its country out, whatever is said", async () => {
    product.configure({ BLOCKED_COUNTRIES: "BR" });
    await say("BR", "allow");
    expect(await stateOf()).toBe("blocked of BR");
    product.configure({});
  });

  test("tells everybody that it is so, and not how to go around it", async () => {
    await say("BR", "cap", 2);
    expect((await readStates([HERE], { forEverybody: true }))(HERE)).toEqual({
      is: "capped",
      by: "said",
      of: "BR",
      perHour: null,
      reason: null,
      until: null,
    });
  });

  test("stands in the rows of destinations, networks and blocks", async () => {
    await send(1);
    await say("BR", "cap", 9);
    const range = "range=24h";
    const state = { is: "capped", of: "BR", perHour: 9 };
    for (const path of ["destinations", "destinations?by=network", "blocks"]) {
      const { body } = await product.call(
        "GET",
        `/api/insights/${path}${path.includes("?") ? "&" : "?"}${range}`,
      );
      const rows = body.rows as { country: string; state: object }[];
      expect(rows.find(({ country }) => country === "BR")).toMatchObject({ state });
    }
    const { body } = await product.call("GET", `/api/insights/destinations/BR?${range}`);
    expect(body).toMatchObject({ state });
    expect((body.networks as object[])[0]).toMatchObject({ state });
  });
});

test("what is said again stays as it was said first", async () => {
  const rule = { place: "BR", mode: "cap", perHour: 5, reason: "Pumping", until: null } as const;
  const first = await putDestinationRule({ ...rule, author: "ana" });
  product.advance(60);
  expect(await putDestinationRule({ ...rule, author: "ben" })).toEqual(first);
  expect(await putDestinationRule({ ...rule, perHour: 6, author: "ben" })).toMatchObject({
    perHour: 6,
    author: "ben",
    writtenAt: now(),
  });
});

describe("other rules", () => {
  test("refuse numbers in a row", async () => {
    await set("sequential", "enforce", 4);
    const statuses: number[] = [];
    for (let n = 0; n < 8; n += 1) statuses.push((await ask(inBlock(12, n))).status);
    expect(statuses).toEqual([201, 201, 201, 201, 429, 429, 429, 429]);
  });

  test("refuse what is beyond an hour's budget, known or not", async () => {
    await product.pool.query("insert into usual values ('BR', 0, 0.5, 0.25)");
    await set("spend_hour", "enforce", 1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(scattered())));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    await set("spend_hour", "off", 50);
  });

  test("share what first destinations may have", async () => {
    await set("first_destination", "enforce", 2);
    for (let n = 0; n < 60; n += 1) await ask(scattered());
    product.advance(600);
    expect((await ask(scattered())).status).toBe(429);
    await product.pool.query("insert into usual values ('BR', 5, 0.5, null)");
    expect((await ask(scattered())).status).toBe(201);
  });

  test("refuse a destination whose conversion has collapsed", async () => {
    await set("collapse", "enforce", 0.5);
    const add = (confirmed: number) =>
      product.pool.query(
        `insert into alert (id, country, network, since, opened_at, baseline_attempted, baseline_confirmed, attempted, confirmed)
          values (gen_random_uuid(), 'BR', '', $1, $1, 1000, 880, 100, $2)`,
        [secondsAfter(now(), -confirmed), confirmed],
      );
    await add(60);
    expect((await ask(scattered())).status).toBe(201);
    await add(20);
    // Nothing is unanswered yet that is more than usual.
    const numbers = [scattered(), scattered(), scattered()];
    const asked: Answer[] = [];
    for (const number of numbers) asked.push(await ask(number));
    expect(asked.map(({ status }) => status)).toEqual([201, 201, 201]);
    product.advance(300);
    expect((await ask(scattered())).status).toBe(429);
    await product.check(asked[0]!.body.id, await product.codeOn(numbers[0]!));
    await product.check(asked[1]!.body.id, await product.codeOn(numbers[1]!));
    expect((await ask(scattered())).status).toBe(201);
    await product.pool.query("delete from alert");
  });
});

test("each start and resend leaves a decision, limits and repeats told apart", async () => {
  const to = scattered();
  const headers = { "idempotency-key": "a-decision" };
  const { body } = await product.call("POST", "/api/verifications", { to }, headers);
  await product.call("POST", "/api/verifications", { to }, headers);
  expect((await ask(to)).body.code).toBe("resend_too_soon");
  product.advance(30);
  expect((await product.call("POST", `/api/verifications/${body.id}/messages`)).status).toBe(201);
  expect((await decisions()).map(({ verdict, fired }) => [verdict, fired.map(({ rule }) => rule)])).toEqual([
    ["allowed", []],
    ["refused", ["limits"]],
    ["allowed", []],
  ]);
});

describe("by the API", () => {
  interface Exposed {
    place: string;
    allowance: number;
    unanswered: number;
  }
  const exposureOf = async (place: string) =>
    ((await api("GET", "exposure")).body.rows as Exposed[]).find((row) => row.place === place);

  const api = (method: string, path: string, body?: unknown) =>
    product.call(method, `/api/protection/${path}`, body);

  test("a destination is blocked at once, and what was said is taken back", async () => {
    const said = { mode: "block", reason: "Pumping", until: "2099-01-01" };
    const put = await api("PUT", "destinations/BR%3ANextel%20Sul", said);
    expect([put.status, put.body]).toEqual([
      200,
      {
        place: "BR:Nextel Sul",
        mode: "block",
        perHour: null,
        reason: "Pumping",
        author: "API",
        writtenAt: now().toISOString(),
        until: "2099-01-01T00:00:00.000Z",
      },
    ]);
    await api("PUT", "destinations/br", { mode: "cap", perHour: 1, reason: "Little at first" });
    expect(((await api("GET", "destinations")).body.rows as Exposed[]).map(({ place }) => place)).toEqual([
      "BR",
      "BR:Nextel Sul",
    ]);
    expect((await ask(scattered())).status).toBe(201);
    expect((await ask(scattered())).status).toBe(429);
    expect((await api("DELETE", "destinations/BR")).status).toBe(204);
    expect((await ask(scattered())).status).toBe(201);
    expect((await api("GET", "destinations/BR")).status).toBe(404);
    expect((await api("DELETE", "destinations/BR")).status).toBe(404);
  });

  test.each([
    ["destinations/BR", { mode: "cap", reason: "x" }, "perHour"],
    ["destinations/BR", { mode: "block", perHour: 3, reason: "x" }, "perHour"],
    ["destinations/BR", { mode: "block", reason: " " }, "reason"],
    ["destinations/BR", { mode: "shut", reason: "x" }, "mode"],
    ["destinations/BR", { mode: "block", reason: "x", until: "soon" }, "until"],
    ["rules/exposure", { mode: "enforce", threshold: 99 }, "threshold"],
    ["rules/exposure", { mode: "on" }, "mode"],
  ])("what is wrong with %s %j is said of %s", async (path, body, field) => {
    const { status, body: problem } = await api("PUT", path, body);
    expect([status, problem.errors[0].field]).toEqual([422, field]);
  });

  test.each(["destinations/XX", "destinations/%2B12", "destinations/BR%3A", "rules/all"])(
    "%s is not there",
    async (path) => {
      expect((await api("PUT", path, { mode: "block", reason: "x" })).status).toBe(404);
    },
  );

  test("the safe list takes numbers and blocks, in no address", async () => {
    const subject = "+5511990001";
    expect((await api("POST", "safe-list", { subject, reason: "Ours" })).status).toBe(201);
    expect((await api("POST", "safe-list", { subject, reason: "Still ours" })).status).toBe(201);
    expect((await api("GET", "safe-list")).body.rows).toMatchObject([{ subject, reason: "Still ours" }]);
    expect((await api("DELETE", "safe-list", { subject })).status).toBe(204);
    expect((await api("DELETE", "safe-list", { subject })).status).toBe(404);
    expect((await api("POST", "safe-list", { subject: "5511", reason: "x" })).status).toBe(422);
  });

  test("rules are all there, and are changed from the next message on", async () => {
    const { rows } = (await api("GET", "rules")).body;
    expect((rows as { name: string }[]).map(({ name }) => name)).toEqual(RULE_NAMES);
    expect((await api("PUT", "rules/exposure", { mode: "enforce", author: "ana" })).body).toMatchObject({
      mode: "enforce",
      threshold: 1,
      author: "ana",
    });
  });

  test("the most that can be lost is what a message costs, as often as rules let it go unanswered", async () => {
    await product.pool.query(
      "insert into usual values ('BR', 100, 0.3, 0.04), ('BR:Claro', 100, 0.3, 0.04), ('', 100, 0.3, 0.04)",
    );
    await set("exposure", "enforce", 1);
    const { body } = await api("GET", "exposure");
    const brazil = await exposureOf("BR");
    // Unanswered, in flight and failed, of strangers and of exempt numbers.
    expect(brazil).toEqual({
      place: "BR",
      allowance: 2 * (30 + 40 + 60),
      unanswered: 0,
      price: 0.04,
      perDay: 10.4,
    });
    // All together, since first destinations are not bound.
    const together = 0.04 * 2 * (60 + 100 + 60);
    const { body: rules } = await api("GET", "rules");
    const { rows: bounding }: { rows: { name: string; perDay: number | null }[] } = rules;
    const bounds = Object.fromEntries(bounding.map(({ name, perDay }) => [name, perDay]));
    expect(body.perDay).toBeCloseTo(together);
    expect(bounds).toMatchObject({ exposure: body.perDay, collapse: null, spend_hour: 1200, spend_day: 500 });
    expect(body).toMatchObject({ currency: "USD", mode: "enforce" });
    // Whoever asks from everywhere, for numbers everywhere, for a day: all that is sent is within it.
    let sent = 0;
    for (let hour = 0; hour < 24; hour += 1) {
      const answers = await Promise.all(Array.from({ length: 25 }, () => ask(scattered())));
      sent += answers.filter(({ status }) => status === 201).length;
      product.advance(3600);
    }
    expect(sent).toBeLessThanOrEqual(30 + 40);
    expect(sent).toBeGreaterThanOrEqual(30);
    expect((await exposureOf("BR"))?.unanswered).toBe(sent);
  });

  test("a rehearsal’s figures equal a recount", async () => {
    for (let n = 0; n < 30; n += 1) {
      const to = inBlock(20, 3 * n);
      const { body } = await ask(to);
      if (n % 5 === 0) await product.check(body.id, await product.codeOn(to));
      product.advance(30);
    }
    const thresholds = [0.5, 1, 2, 100];
    const { status, body } = await api("POST", "rehearsals", { rule: "exposure", thresholds });
    expect(status).toBe(200);
    const kept = await product.pool.query<{ figure: number; confirmed: boolean }>(
      `select (figures ->> 'exposure')::float8 as figure, m.confirmed_at is not null as confirmed
        from decision d join message m on m.verification_id = d.verification_id`,
    );
    expect(kept.rows).toHaveLength(30);
    const recounted = thresholds.map((threshold) => {
      const refused = kept.rows.filter(({ figure }) => figure > threshold);
      const falsePositives = refused.filter(({ confirmed }) => confirmed).length;
      return {
        threshold,
        refused: refused.length,
        saved: expect.closeTo(refused.length * 0.05, 6),
        falsePositives,
      };
    });
    expect(body.rows).toEqual(recounted);
    expect(body.rows[0].falsePositives).toBeGreaterThan(0);
    expect(body.rows[3].refused).toBe(0);
    // What was noted while it watched is what the threshold of then refuses.
    const noted = (await decisions()).filter(({ verdict }) => verdict === "would_refuse");
    expect(body.rows[1].refused).toBe(noted.length);
  });

  test("decisions are listed, the newest first, with why", async () => {
    await set("sequential", "monitor", 2);
    for (let n = 0; n < 4; n += 1) await ask(inBlock(21, n));
    const { rows } = (await api("GET", "decisions?country=BR&verdict=would_refuse")).body;
    expect(rows).toMatchObject([
      { block: "+5511990021", fired: [{ rule: "sequential", mode: "monitor", numbers: 3 }] },
      { block: "+5511990021", fired: [{ rule: "sequential", mode: "monitor", numbers: 2 }] },
    ]);
    expect(JSON.stringify(rows)).not.toContain(inBlock(21, 0));
    product.configure({ BLOCKED_COUNTRIES: "BR" });
    expect((await ask(scattered())).status).toBe(403);
    expect((await newest()).fired).toEqual([{ rule: "countries", mode: "enforce" }]);
  });
});

test("decisions are in a table of their day, which is dropped whole when it is old", async () => {
  await ask(scattered());
  const days = async () =>
    (
      await product.pool.query<{ name: string }>(
        `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'decision'::regclass and c.relname like 'decision_day_%' order by 1`,
      )
    ).rows.map(({ name }) => name);
  // The first day's stays with all others: whoever decides meanwhile is not to find its table gone.
  await Promise.all([keepPartitions(), ...Array.from({ length: 20 }, () => ask(scattered()))]).then(
    ([, ...answers]) => expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201)),
  );
  expect(await days()).toHaveLength(3);
  expect((await product.pool.query("select from decision_other")).rowCount).toBe(21);
  const first = (await days())[0]!;
  product.advance(86_400);
  await Promise.all([keepPartitions(), ask(scattered())]);
  expect((await product.pool.query(`select from ${first}`)).rowCount).toBe(1);
  expect(await days()).toHaveLength(4);
  product.advance(30 * 86_400);
  await keepPartitions();
  expect(await days()).toContain(first);
  product.advance(86_400);
  await keepPartitions();
  expect(await days()).not.toContain(first);
  expect((await product.pool.query("select from decision_other")).rowCount).toBe(0);
});

test("what is usual is the best day’s confirmed, and twice what stays unanswered on the middle one", async () => {
  const place = { country: "FJ", network: "Vodafone Fiji", block: "+6799000" };
  await product.pool.query("delete from cell; delete from delta");
  const day = new Date(Math.floor(now().getTime() / 86_400_000) * 86_400_000);
  for (let n = 1; n <= 14; n += 1) {
    // One day of pumping changes nothing: 60 in place of 12 messages.
    const [attempted, confirmed] = n === 3 ? [60, 10] : [12, 10];
    await product.pool.query(
      `insert into delta (at, country, network, action, attempted, confirmed, usd_priced, usd_amount)
        values ($1, 'FJ', $2, 'code', $3, $4, $3, $3 * 7000)`,
      [secondsAfter(day, -n * 86_400), place.network, attempted, confirmed],
    );
  }
  await foldDeltas();
  await workOutUsual();
  const { rows } = await product.pool.query("select * from usual order by place");
  expect(rows).toEqual(
    ["", "FJ", "FJ:Vodafone Fiji"].map((place) => ({
      place,
      most_confirmed: 10,
      share: expect.closeTo(0.4, 6),
      price: expect.closeTo(0.07, 6),
    })),
  );
});
