/** A code that comes by WhatsApp: on the demo phone, into the form, and to Twilio as feedback for exactly that message. */
import { test, expect } from "../support/browser";
import { journey, newestMessage } from "./phone-lines";

test.use({ viewport: { width: 1280, height: 840 } });

const ADDRESS = "whatsapp:+15005550009";

test("is signed in with, and reported", async ({ page, request, apiKey, simulatorOrigin }) => {
  const headers = { Authorization: `Bearer ${apiKey}` };
  // Mexico by WhatsApp; wherever no sender may serve, the configured one does, as without this.
  const { rows } = (await (await request.get("/api/senders", { headers })).json()) as {
    rows: { id: string; address: string; configured: boolean }[];
  };
  const configured = rows.find((sender) => sender.configured)!;
  const limited = { address: configured.address, channel: "sms", label: "Configured", countries: ["US"] };
  await request.put(`/api/senders/${configured.id}`, { headers, data: limited });
  const data = {
    address: ADDRESS,
    channel: "whatsapp",
    label: "WhatsApp",
    countries: ["MX"],
    contentSid: `HX${"0".repeat(32)}`,
  };
  expect([201, 409]).toContain((await request.post("/api/senders", { headers, data })).status());

  const number = `+52818${String(1_000_000 + Math.floor(Math.random() * 8_999_999))}`;
  await page.goto("/login");
  await page.getByLabel("Mobile number").fill(number);
  await page.getByRole("button", { name: "Text me a code" }).click();
  await expect(newestMessage(page)).toContainText("is your verification code");
  await expect(newestMessage(page)).toContainText("WhatsApp");
  await expect(journey(page)).toContainText("waiting for the code");
  const code = /\d{6}/.exec(await newestMessage(page).innerText())?.[0] ?? "";
  await page.getByLabel("Six-digit code").fill(code);
  await expect(page.getByRole("heading", { name: "You’re in" })).toBeVisible();
  await expect(journey(page)).toContainText("Confirmed and reported");

  const handset = await request.get(
    `${simulatorOrigin}/simulator/handsets/${encodeURIComponent(number)}/messages`,
  );
  const [message] = (await handset.json()) as { sid: string; channel: string }[];
  expect(message?.channel).toBe("whatsapp");
  const ledger = (await (await request.get(`${simulatorOrigin}/simulator/feedback`)).json()) as {
    messageSid: string;
  }[];
  expect(ledger.filter(({ messageSid }) => messageSid === message?.sid)).toHaveLength(1);
});
