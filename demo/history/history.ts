/**
 * The sample history: what a company's customers did in 90 days, login by login, in the order of their starts. The same
 * wish and the same end give the same rows.
 */
import { logIn, pump } from "./login";
import { Random } from "../world/random";
import { quarterOf } from "../world/rhythm";
import type { Login } from "./rows";
import { storiesUntil, type Stories } from "../world/stories";
import { demandByPlace, phoneIn, placeOf, type Phone } from "../world/world";
import { DAY, QUARTER, SECOND } from "@/lib/terms/durations";

export interface Wish {
  /** How many messages, about: within a per cent or two. */
  messages: number;
  /** The end, the start of a quarter-hour; nothing in the history is later. */
  until: Date;
}

export const DAYS = 90;

/** Messages of a login, on average: it came out so. */
const MESSAGES_PER_LOGIN = 1.05;

/** The bots' part of all messages. */
const PUMPED = 0.016;

/** The company has grown by so much over the history. */
const GROWTH = 0.15;

const BOT_ADDRESSES = 6;
const BOT_BLOCKS = 3;

export function* sampleHistory({ messages, until }: Wish): Generator<Login> {
  const end = until.getTime();
  const random = new Random(`history of ${messages} until ${until.toISOString()}`);
  const stories = storiesUntil(end);
  const expected = expectedLogins((messages * (1 - PUMPED)) / MESSAGES_PER_LOGIN, end);
  const bots = attack(Math.round(messages * PUMPED), stories, random);
  let nextBot = bots.next();

  for (const { at, logins } of expected) {
    const demand = demandByPlace(at);
    const starts = Array.from({ length: random.poisson(logins) }, () => at + random.whole(QUARTER)).sort(
      (one, other) => one - other,
    );
    for (const start of starts) {
      for (; !nextBot.done && nextBot.value.at <= start; nextBot = bots.next()) {
        const { phone, at, clientIp } = nextBot.value;
        yield pump({ phone, at }, clientIp, end, random);
      }
      yield logIn({ phone: phoneIn(random.weighted(demand), random), at: start }, stories, end, random);
    }
  }
}

/** How many people log in a second, on average over a week, when a history of so many messages ends. */
export function paceAtEnd(messages: number): number {
  const average = (messages * (1 - PUMPED)) / MESSAGES_PER_LOGIN / ((DAYS * DAY) / SECOND);
  return (average * (1 + GROWTH)) / (1 + GROWTH / 2);
}

/** How many logins to expect in each quarter-hour of the history. */
function expectedLogins(total: number, end: number): { at: number; logins: number }[] {
  const start = quarterOf(end) - DAYS * DAY;
  const quarters = Array.from({ length: (DAYS * DAY) / QUARTER }, (_, index) => {
    const at = start + index * QUARTER;
    const demand = demandByPlace(at).reduce((sum, [, part]) => sum + part, 0);
    return { at, demand: demand * (1 + (GROWTH * (at - start)) / (DAYS * DAY)) };
  });
  const sum = quarters.reduce((sofar, { demand }) => sofar + demand, 0);
  return quarters.map(({ at, demand }) => ({ at, logins: (total * demand) / sum }));
}

interface BotStart {
  at: number;
  phone: Phone;
  clientIp: string;
}

/** The attack: one number after the other of a few blocks of one network, from a few addresses, at a steady pace. */
function* attack(count: number, { pumping }: Stories, random: Random): Generator<BotStart> {
  const place = placeOf(pumping.country);
  const [network] = place.numbers;
  if (!network) return;
  const addresses = Array.from(
    { length: BOT_ADDRESSES },
    () => `10.66.${random.whole(256)}.${1 + random.whole(254)}`,
  );
  const step = (pumping.to - pumping.from) / count;
  const inBlock = Math.ceil(count / BOT_BLOCKS);
  for (let index = 0; index < count; index += 1) {
    const block = network.blocks[Math.floor(index / inBlock) % network.blocks.length] ?? "";
    const number = block + String((index % inBlock) % 1000).padStart(3, "0");
    yield {
      at: Math.floor(pumping.from + (index + random.next()) * step),
      phone: { place, block, number, network: network.name },
      clientIp: random.pick(addresses),
    };
  }
}
