/** What is sent to the demo phone in its tests: through the product's API, or by the simulator's Twilio alone. */
import type { APIRequestContext, Page } from "@playwright/test";
import { expect } from "../support/browser";

const ACCOUNT = `AC${"0".repeat(32)}`;
const SENDER = "+15005550006";

export class PhoneLines {
  constructor(
    private readonly request: APIRequestContext,
    private readonly simulator: string,
    private readonly apiKey: string,
  ) {}

  /** A text that is none of the product's. */
  async text(to: string, body: string): Promise<string> {
    const answer = await this.request.post(`${this.simulator}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, {
      headers: { Authorization: `Basic ${Buffer.from(`${ACCOUNT}:simulator`).toString("base64")}` },
      form: { To: to, From: SENDER, Body: body },
    });
    expect(answer.status()).toBe(201);
    return ((await answer.json()) as { sid: string }).sid;
  }

  /** Starts a verification as a program does. */
  async verify(to: string, action: "code" | "link" | "reply"): Promise<{ id: string; sid: string }> {
    const answer = await this.request.post("/api/verifications", {
      headers: { Authorization: `Bearer ${this.apiKey}` },
      data: { to, action, locale: "en" },
    });
    expect(answer.status(), await answer.text()).toBe(201);
    const { id, messageSid: sid } = (await answer.json()) as { id: string; messageSid: string };
    return { id, sid };
  }

  async statusOf(id: string): Promise<string> {
    const answer = await this.request.get(`/api/verifications/${id}`, {
      headers: { Authorization: `Bearer ${this.apiKey}` },
    });
    return ((await answer.json()) as { status: string }).status;
  }

  async deliveryOf(number: string): Promise<unknown> {
    return (await this.request.get(`${this.simulator}/simulator/handsets/${number}/delivery`)).json();
  }

  async setDelivery(number: string, delivery: object): Promise<void> {
    await this.request.put(`${this.simulator}/simulator/handsets/${number}/delivery`, { data: delivery });
  }
}

/** Adds a handset on the phone's page, whether it has one or not. */
export async function addHandset(page: Page, number: string): Promise<void> {
  const field = page.getByLabel("Mobile number");
  const unfold = page.getByText("Add a handset");
  await expect(field.or(unfold).filter({ visible: true }).first()).toBeVisible();
  if (!(await field.isVisible())) await unfold.click();
  await field.fill(number);
  await page.getByRole("button", { name: "Pick up this phone" }).click();
  await expect(handsetRadio(page, number)).toBeChecked();
}

/** The radio of a handset, by its last four digits. */
export function handsetRadio(page: Page, number: string) {
  return page.getByRole("group", { name: "Handset" }).getByRole("radio", { name: number.slice(-4) });
}

export const newestMessage = (page: Page) => page.getByRole("log").getByRole("article").first();
export const journey = (page: Page) => page.getByRole("region", { name: "This message" });
