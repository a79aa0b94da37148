/**
 * Random numbers that come again: the same seed gives the same sequence, on every machine.
 *
 * sfc32 (Chris Doty-Humphrey's small fast counting generator, of PractRand), 128 bits of state, seeded by hashing a text.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;
  /** Hexadecimal digits, drawn a page at a time, and how many of them are used. */
  private page = "";
  private used = 0;

  /** @param seed any text; other texts give unrelated sequences. */
  constructor(seed: string) {
    this.a = hash(seed, 1) | 0;
    this.b = hash(seed, 2) | 0;
    this.c = hash(seed, 3) | 0;
    // So that seeds which differ in one bit of the hash have parted before the first number is used.
    for (let round = 0; round < 15; round += 1) this.word();
  }

  /** From 0 to below 1. */
  next(): number {
    return this.word() / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  between(least: number, below: number): number {
    return least + this.next() * (below - least);
  }

  /** A whole number from 0 to below `below`. */
  whole(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.whole(items.length)];
    if (item === undefined) throw new RangeError("there is nothing to pick from");
    return item;
  }

  /** One of the entries of a table of weights, each as often as its weight says. */
  weighted<T>(entries: readonly (readonly [T, number])[]): T {
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of entries) {
      left -= weight;
      if (left < 0) return item;
    }
    const last = entries.at(-1);
    if (!last) throw new RangeError("there is nothing to draw from");
    return last[0];
  }

  /** How long until the next of events that come `rate` times in a unit of time on average. */
  exponential(rate: number): number {
    return -Math.log(1 - this.next()) / rate;
  }

  /** What human and network delays look like: half are below the median, some are many times as long. */
  logNormal(median: number, sigma: number): number {
    // Box and Muller's transform.
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return median * Math.exp(sigma * normal);
  }

  /** How many of events that come independently happen where `mean` are expected. */
  poisson(mean: number): number {
    let count = 0;
    for (let at = this.exponential(1); at < mean; at += this.exponential(1)) count += 1;
    return count;
  }

  /** So many hexadecimal digits, at most 64. */
  hex(digits: number): string {
    if (this.used + digits > this.page.length) {
      const words = Uint32Array.from({ length: 1_024 }, () => this.word());
      this.page = Buffer.from(words.buffer).toString("hex");
      this.used = 0;
    }
    this.used += digits;
    return this.page.slice(this.used - digits, this.used);
  }

  /** So many decimal digits. */
  digits(count: number): string {
    return String(this.whole(10 ** count)).padStart(count, "0");
  }

  /** A UUID of version 7 (RFC 9562) whose time this is, in epoch milliseconds. */
  uuid(at: number): string {
    const time = Math.floor(at).toString(16).padStart(12, "0");
    const variant = "89ab"[this.whole(4)];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }

  private word(): number {
    const { a, b, c, counter } = this;
    const sum = (a + b + counter) | 0;
    this.counter = (counter + 1) | 0;
    this.a = b ^ (b >>> 9);
    this.b = (c + (c << 3)) | 0;
    this.c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** FNV-1a with a salt, and a final mix that lets every character reach every bit (MurmurHash3's). */
function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
