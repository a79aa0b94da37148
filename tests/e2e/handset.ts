/** The simulator's handsets and its ledger, over its own controls: what a phone got, and what Twilio was told. */
import type { APIRequestContext } from "@playwright/test";
import { expect } from "../support/browser";

interface Message {
  sid: string;
  body: string;
}

/** Each number has limits of its own, so each test takes another one, in whichever process it runs: each has a half for itself. */
let nextNumber = 4_000 * (Number(process.env["TEST_PARALLEL_INDEX"]) % 2) + Math.floor(Math.random() * 3_000);
export function newNumber(): string {
  nextNumber += 1;
  return `+1415238${String(1_000 + nextNumber).padStart(4, "0")}`;
}

/** A phone's browser: the agent of a headless one is a known robot's, whose visits confirm nothing. */
export const PHONE = {
  userAgent:
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
  viewport: { width: 390, height: 844 },
};

const SECRETS = {
  code: /#(\d{6})$/m,
  link: /(http\S+\/confirm\?id=[\w-]{43})/,
  temporary_password: /^([a-z]{4}-[a-z]{4}-[a-z]{4})$/m,
  reply: /(YES)/,
};

/** One phone. */
export class Handset {
  constructor(
    readonly number: string,
    private readonly request: APIRequestContext,
    private readonly simulator: string,
  ) {}

  async messages(): Promise<Message[]> {
    const answer = await this.request.get(`${this.url}/messages`);
    return (await answer.json()) as Message[];
  }

  /** Waits for the newest message with such a secret. */
  async newest(action: keyof typeof SECRETS): Promise<{ sid: string; secret: string }> {
    let found: { sid: string; secret: string } | undefined;
    await expect(async () => {
      for (const { sid, body } of await this.messages()) {
        const secret = SECRETS[action].exec(body)?.[1];
        if (secret) {
          found = { sid, secret };
          return;
        }
      }
      throw new Error(`no ${action} on ${this.number}`);
    }).toPass({ intervals: [100] });
    return found!;
  }

  async reply(body: string): Promise<void> {
    await this.request.post(`${this.url}/replies`, { data: { body } });
  }

  async call(): Promise<void> {
    await this.request.post(`${this.url}/calls`);
  }

  /** How often it was told that its password was set. */
  async notices(): Promise<number> {
    return (await this.messages()).filter(({ body }) => body.includes("password was set or changed")).length;
  }

  /** How often Twilio was told that a message was confirmed. */
  async confirmed(sid: string): Promise<number> {
    const answer = await this.request.get(`${this.simulator}/simulator/feedback`);
    const ledger = (await answer.json()) as { messageSid: string; outcome: string }[];
    return ledger.filter((entry) => entry.messageSid === sid && entry.outcome === "confirmed").length;
  }

  /** Waits until exactly that message of this phone, and no other of its, is confirmed. */
  async expectConfirmed(sid: string): Promise<void> {
    await expect.poll(() => this.confirmed(sid)).toBe(1);
    for (const other of await this.messages()) {
      if (other.sid !== sid) expect(await this.confirmed(other.sid), "another message").toBe(0);
    }
  }

  private get url(): string {
    return `${this.simulator}/simulator/handsets/${encodeURIComponent(this.number)}`;
  }
}
