/**
 * People who log in all the time, through the real API and the simulator's handsets: the same world as the sample history's.
 */
import { setMaxListeners } from "node:events";
import { log } from "@/lib/log";
import { meetPerson } from "@/demo/world/person";
import { Random } from "@/demo/world/random";
import { busynessOfWorld, demandByPlace, phoneIn, type Phone } from "@/demo/world/world";
import { attack } from "./bots";
import { ask, logIn, type Surroundings } from "./login";
import { Pace } from "./pace";
import { Unreachable, Wire } from "./wire";

interface Options {
  appOrigin: string;
  simulatorOrigin: string;
  apiKey: string;
  /** Logins a second, on average. */
  rate: number;
  /** Multiplies how long people take; 1 unless given. Arrivals keep their rate. */
  pace?: number;
  /** Of what is random; another one each time unless given. */
  seed?: string;
}

export interface Traffic {
  /** Ends it: nobody starts any more, and calls under way are broken off. */
  stop(): Promise<void>;
}

/** People under way at most: whoever comes when there are as many goes elsewhere. */
const MOST_PEOPLE = 500;

/** So many numbers are not used again soon, since the app limits messages to one number. */
const REMEMBERED_NUMBERS = 20_000;

/** Bots' starts for each of the people's, and in a second at least. */
const BOTS = 3;
const FEWEST_BOTS = 1;
const MOST_BOTS = 100;

/** On the scenario's launch day so many times as many people come. */
const LAUNCH_DAY = 10;

const LOOK_AT_SCENARIO_SECONDS = 2;
const WAIT_FOR_APP_SECONDS = 2;

export function startTraffic(options: Options): Traffic {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Everybody who is under way listens; that is not the leak Node would warn of.
  setMaxListeners(0, signal);
  const around: Surroundings = {
    app: new Wire("app", options.appOrigin, signal, { Authorization: `Bearer ${options.apiKey}` }),
    simulator: new Wire("simulator", options.simulatorOrigin, signal),
    pace: new Pace(options.pace ?? 1, signal),
    random: new Random(options.seed ?? crypto.randomUUID()),
  };
  const realTime = new Pace(1, signal);
  const people = new Crowd(MOST_PEOPLE, signal);
  const bots = new Crowd(MOST_BOTS, signal);
  const running = [
    untilStopped(signal, () => comeAndGo(options.rate, around, realTime, people)),
    untilStopped(signal, () =>
      pumpWhileTold(Math.max(FEWEST_BOTS, options.rate * BOTS), around, realTime, bots),
    ),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all([...running, people.gone(), bots.gone()]);
    },
  };
}

/**
 * Arrivals as a Poisson process: the next comes after an exponentially distributed time, shorter when the world is busier. Such a time
 * forgets how long it has been waited for, so it may be drawn anew whenever the scenario was looked at.
 */
async function comeAndGo(rate: number, around: Surroundings, time: Pace, people: Crowd): Promise<never> {
  const { random } = around;
  const recent = new Recent(REMEMBERED_NUMBERS);
  let lookAt = 0;
  let busier = 1;
  for (;;) {
    if (Date.now() >= lookAt) {
      busier = (await scenario(around)) === "launch-day" ? LAUNCH_DAY : 1;
      lookAt = Date.now() + LOOK_AT_SCENARIO_SECONDS * 1000;
    }
    const wait = random.exponential(rate * busier * busynessOfWorld(Date.now()));
    await time.sleep(Math.min(wait, LOOK_AT_SCENARIO_SECONDS));
    if (wait > LOOK_AT_SCENARIO_SECONDS) continue;
    const place = random.weighted(demandByPlace(Date.now()));
    const phone = unusedPhone(() => phoneIn(place, random), recent);
    people.admit(() => logIn(meetPerson(place, random), phone, around));
    // One who waits for the app is enough to see when it is back.
    while (!around.app.isReachable && people.size > 0) await time.sleep(WAIT_FOR_APP_SECONDS);
  }
}

/** A phone whose number has not been used of late; after some tries any. */
function unusedPhone(draw: () => Phone, recent: Recent): Phone {
  let phone = draw();
  for (let tries = 0; recent.has(phone.number) && tries < 10; tries += 1) phone = draw();
  recent.add(phone.number);
  return phone;
}

/** Attacks as long as the simulator's scenario says so; each attack has its own numbers. */
async function pumpWhileTold(rate: number, around: Surroundings, time: Pace, bots: Crowd): Promise<never> {
  for (;;) {
    let attacking = await isPumping(around);
    if (attacking) log().info("the scenario is pumping: bots ask for messages");
    let lookAt = Date.now() + LOOK_AT_SCENARIO_SECONDS * 1000;
    for (const { phone, clientIp } of attack(around.random)) {
      if (!attacking) break;
      await time.sleep(around.random.exponential(rate));
      bots.admit(async () => {
        await ask(around, phone, clientIp);
      });
      if (Date.now() < lookAt) continue;
      attacking = await isPumping(around);
      lookAt = Date.now() + LOOK_AT_SCENARIO_SECONDS * 1000;
    }
    await time.sleep(LOOK_AT_SCENARIO_SECONDS);
  }
}

async function isPumping(around: Surroundings): Promise<boolean> {
  return (await scenario(around)) === "pumping";
}

async function scenario({ simulator }: Surroundings): Promise<string | undefined> {
  const { body } = await simulator.call<{ name?: string }>("GET", "/simulator/scenario");
  return body.name;
}

/** Runs something that never ends by itself, again after each failure, until the traffic stops. */
async function untilStopped(signal: AbortSignal, run: () => Promise<never>): Promise<void> {
  while (!signal.aborted) {
    await run().catch((error: unknown) => {
      if (!signal.aborted && !(error instanceof Unreachable)) log().error({ err: error }, "traffic failed");
    });
  }
}

/** Those who are under way, as many as there is room for. */
class Crowd {
  private readonly under = new Set<Promise<void>>();

  constructor(
    private readonly room: number,
    private readonly signal: AbortSignal,
  ) {}

  get size(): number {
    return this.under.size;
  }

  admit(errand: () => Promise<void>): void {
    if (this.under.size >= this.room) return;
    const way = errand()
      .catch((error: unknown) => {
        // Whoever meets nobody at the other end has gone; that nobody is there is logged where it is noticed.
        if (this.signal.aborted || error instanceof Unreachable) return;
        log().error({ err: error }, "a login failed");
      })
      .finally(() => this.under.delete(way));
    this.under.add(way);
  }

  async gone(): Promise<void> {
    await Promise.all(this.under);
  }
}

/** The last so many texts. */
class Recent {
  private readonly texts = new Set<string>();

  constructor(private readonly most: number) {}

  has(text: string): boolean {
    return this.texts.has(text);
  }

  add(text: string): void {
    this.texts.add(text);
    // A set keeps the order of insertion.
    for (const oldest of this.texts) {
      if (this.texts.size <= this.most) break;
      this.texts.delete(oldest);
    }
  }
}
