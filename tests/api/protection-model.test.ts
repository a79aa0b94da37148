/** The model that the search for the worst attack asks is the database's own functions over again: both are asked the same, and decide the same. */
import { beforeEach, expect, test } from "vitest";
import { idAt } from "@/lib/ids";
import { Model, type Sent, type Usual } from "@/scripts/bench/protection/model";
import { requestsOf, type Attack, type Request } from "@/scripts/bench/protection/search";
import { useProduct } from "@/tests/support/product";

const product = useProduct();

const ATTACK: Attack = {
  firstCountry: 3,
  countries: 2,
  blocks: 3,
  addresses: 20,
  requests: 150,
  hours: 5,
  gusts: 0.3,
  mix: 0.3,
  earnsFirst: 0,
  numbers: 1000,
  failing: 0.2,
};

/** Each has something of its own that decides: its blocks, its countries, what is new, its addresses, the numbers that come again. */
const ATTACKS: Readonly<Record<string, Attack>> = {
  "of a few blocks for days": { ...ATTACK, hours: 60, gusts: 0.9 },
  "of countries that are new": { ...ATTACK, countries: 12, blocks: 1, mix: 0.1 },
  "from one address": { ...ATTACK, countries: 6, blocks: 10, addresses: 1, mix: 0.6 },
  "that earns before": { ...ATTACK, mix: 0.5, earnsFirst: 1, hours: 2 },
  "whose messages fail": { ...ATTACK, blocks: 30, addresses: 100, failing: 1, mix: 0.1 },
  "with its own numbers again and again": { ...ATTACK, numbers: 3, mix: 0.3, failing: 0.1 },
};

beforeEach(async () => {
  await product.pool.query(`
    delete from exposure; delete from usual; delete from breaker_step; delete from verification;
    update rule set mode = case when name in ('exposure', 'first_destination') then 'enforce' else 'off' end`);
});

/** Of every other country something is usual, and of its networks. */
async function makeUsual(requests: readonly Request[]): Promise<Usual> {
  const usual = new Map([["", { mostConfirmed: 90, share: 0.35, price: 0.05 }]]);
  const countries = [...new Set(requests.map(({ phone }) => phone.place.country))];
  for (const [i, country] of countries.entries()) {
    if (i % 2 === 0) continue;
    usual.set(country, { mostConfirmed: 40, share: 0.4, price: 0.04 });
    for (const { phone } of requests)
      if (phone.place.country === country && phone.network !== null)
        usual.set(`${country}:${phone.network}`, { mostConfirmed: 25, share: 0.45, price: 0.04 });
  }
  for (const [place, { mostConfirmed, share, price }] of usual)
    await product.pool.query("insert into usual values ($1, $2, $3, $4)", [
      place,
      mostConfirmed,
      share,
      price,
    ]);
  return usual;
}

interface Protected {
  verdict: string;
  exempt: boolean;
  first: boolean;
  figures: { exposure: number; first_destination?: number };
}

/** Decides, and writes the message as a start does. */
async function ask(at: Date, { phone, address }: Request): Promise<Protected & { message: string }> {
  const message = idAt(at);
  const place = [phone.place.country, phone.network, phone.block, address];
  const { rows } = await product.pool.query<Protected>(
    "select verdict, exempt, first, figures from protect($1, $2, $3, $4, $5, $6, null)",
    [at, phone.number, ...place],
  );
  const decided = rows[0]!;
  if (decided.verdict !== "refused") {
    await product.pool.query("select count_sent($1, $2, $3, $4, $5, $6, $7)", [
      at,
      ...place,
      decided.exempt,
      decided.first,
    ]);
    await product.pool.query(
      `with v as (
        insert into verification (id, "to", country, network, block, asked_from, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $7)
      )
      insert into message (id, verification_id, sid, secret_hash, country, network, block, action, sender, attempt, requested_at, exempt)
      values ($1, $1, $8, '', $3, $4, $5, 'code', 'test', 1, $7, $9)`,
      [message, phone.number, ...place, at, `SM${message.replaceAll("-", "")}`, decided.exempt],
    );
  }
  return { ...decided, message };
}

async function answer(at: Date, message: string, isConfirmed: boolean): Promise<void> {
  if (isConfirmed) {
    await product.pool.query("update verification set status = 'approved', approved_at = $2 where id = $1", [
      message,
      at,
    ]);
    await product.pool.query("update message set confirmed_at = $2 where id = $1", [message, at]);
  } else
    await product.pool.query("update message set status = 'undelivered', failed_at = $2 where id = $1", [
      message,
      at,
    ]);
}

test.each(Object.keys(ATTACKS))("an attack %s is decided the same", async (name) => {
  const attack = ATTACKS[name]!;
  const requests = requestsOf(attack, name);
  const model = new Model(await makeUsual(requests));
  const beginning = Date.UTC(2026, 5, 1, 6);
  const waiting: { at: number; sent: Sent; message: string; isConfirmed: boolean }[] = [];
  const verdicts = new Set<string>();
  for (const request of requests) {
    const at = beginning + request.at;
    waiting.sort((one, other) => one.at - other.at);
    for (let due = waiting[0]; due && due.at <= at; due = waiting[0]) {
      waiting.shift();
      if (due.isConfirmed) model.confirm(due.sent, due.at);
      else model.fail(due.sent, due.at);
      await answer(new Date(due.at), due.message, due.isConfirmed);
    }
    const { phone, address } = request;
    const to = { ...phone, country: phone.place.country, address };
    const own = model.decide(to, at);
    const theirs = await ask(new Date(at), request);
    verdicts.add(theirs.verdict);
    const about = { at: request.at, country: to.country };
    expect({ ...about, isRefused: own.isRefused, exempt: own.exempt }).toEqual({
      ...about,
      isRefused: theirs.verdict === "refused",
      exempt: theirs.exempt,
    });
    expect(own.figures.exposure).toBeCloseTo(theirs.figures.exposure, 3);
    expect(own.figures.first ?? 0).toBeCloseTo(theirs.figures.first_destination ?? 0, 3);
    if (own.isRefused) continue;
    const sent = model.count(to, at, own.exempt);
    const after = request.confirmsAfter ?? request.failsAfter;
    if (after !== null)
      waiting.push({
        at: at + after,
        sent,
        message: theirs.message,
        isConfirmed: request.confirmsAfter !== null,
      });
  }
  // Otherwise there would be nothing to differ in.
  expect([...verdicts].sort()).toEqual(["allowed", "refused"]);
});
