import { describe, expect, test } from "vitest";

import type { ApiExchange } from "@/simulator/server";
import { assertExchange, exampleAnswers, violations } from "@/tests/support/twilio-contract";

import { apiExchanges, FROM, sdk, startSimulator, TO } from "./harness";

async function aCreation(): Promise<ApiExchange> {
  const { origin, exchanges } = await startSimulator();
  await sdk(origin).messages.create({ to: TO, from: FROM, body: "Hello", provideFeedback: true });
  return apiExchanges(exchanges)[0] as ApiExchange;
}

describe("the validator", () => {
  test.each(exampleAnswers())("agrees with Twilio's own example: $name", ({ exchange }) => {
    expect(violations(exchange)).toEqual([]);
  });

  test("agrees with a creation", async () => {
    expect(violations(await aCreation())).toEqual([]);
  });

  test("finds what is wrong in a request", async () => {
    const creation = await aCreation();
    const { To: _, ...withoutTo } = creation.form;
    const wrong: Partial<ApiExchange>[] = [
      { form: withoutTo },
      { form: { ...creation.form, Tags: "{}" } },
      { form: { ...creation.form, ProvideFeedback: "yes" } },
      { form: { ...creation.form, ValidityPeriod: "ten" } },
      { form: { ...creation.form, StatusCallback: "nowhere" } },
      { form: { ...creation.form, RiskCheck: "maybe" } },
      { query: { Verbose: "1" } },
      { headers: { ...creation.headers, "content-type": "application/json" } },
      { path: "/2010-04-01/Accounts/AC1/Messages.json" },
      { path: "/2010-04-01/Messages.json" },
      { method: "PUT" },
    ];
    for (const change of wrong) {
      expect([change, violations({ ...creation, ...change })]).not.toEqual([change, []]);
      expect(() => assertExchange({ ...creation, ...change })).toThrow("Not as Twilio describes it");
    }
  });

  test("finds what is wrong in an answer", async () => {
    const creation = await aCreation();
    const message = creation.responseBody as Record<string, unknown>;
    const { sid: _, ...withoutSid } = message;
    const wrong: Partial<ApiExchange>[] = [
      { status: 200 },
      { responseBody: withoutSid },
      { responseBody: { ...message, surprise: 1 } },
      { responseBody: { ...message, num_segments: 1 } },
      { responseBody: { ...message, date_created: new Date().toISOString() } },
      { responseBody: { ...message, status: "pending" } },
      { responseBody: { ...message, price_unit: "$" } },
      { responseBody: { ...message, subresource_uris: { media: 1 } } },
      { responseBody: "OK" },
      { status: 400, responseBody: { code: 21211, message: "Invalid" } },
      {
        status: 400,
        responseBody: { code: 21211, message: "Invalid", more_info: "https://x.example", status: 400 },
      },
      {
        status: 429,
        responseBody: {
          code: 20429,
          message: "x",
          more_info: "https://www.twilio.com/docs/errors/20429",
          status: 400,
        },
      },
    ];
    for (const change of wrong) {
      expect([change, violations({ ...creation, ...change })]).not.toEqual([change, []]);
    }
  });

  test("reads booleans as Twilio does", async () => {
    const creation = await aCreation();
    expect(violations({ ...creation, form: { ...creation.form, ProvideFeedback: "True" } })).toEqual([]);
  });
});
