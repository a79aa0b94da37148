import { describe, expect, test } from "vitest";
import { journeyOf, type MessageFacts } from "@/components/phone/journey";

const at = (seconds: number) =>
  new Date(Date.UTC(2026, 10, 23, 10, 41, 8, 200) + seconds * 1000).toISOString();
const NEW: MessageFacts = {
  status: "queued",
  errorCode: null,
  channel: "sms" as const,
  provideFeedback: true,
  body: "482913 is your code.\n\n@otp.example #482913",
  history: [{ status: "queued", at: at(0) }],
  feedbackAt: null,
  confirmedAt: null,
};
const DELIVERED: MessageFacts = {
  ...NEW,
  status: "delivered",
  history: ["queued", "sending", "sent", "delivered"].map((status, step) => ({ status, at: at(step * 0.7) })),
};
const states = (facts: MessageFacts) => journeyOf(facts).steps.map(({ state }) => state);

describe("the way of a message", () => {
  test("begins queued, with the rest ahead", () => {
    expect(states(NEW)).toEqual(["done", "current", "to come", "to come", "to come", "to come"]);
    expect(journeyOf(NEW).summary).toBe("On its way");
  });

  test("is timed from its acceptance", () => {
    expect(journeyOf(DELIVERED).summary).toBe("Delivered in 2.1\u00a0s, waiting for the code");
    expect(journeyOf(DELIVERED).steps[3]).toMatchObject({ at: at(2.1), note: "+2.1\u00a0s" });
  });

  test.each([
    ["https://otp.example/confirm?id=abc", "the link"],
    ["Your password is\nbaba-dede-fifi", "the password"],
    ["Reply YES", "the reply"],
  ])("of %j waits for %s", (body, what) => {
    expect(journeyOf({ ...DELIVERED, body }).summary).toContain(`waiting for ${what}`);
  });

  test("ends with the feedback", () => {
    const done = journeyOf({ ...DELIVERED, confirmedAt: at(8.8), feedbackAt: at(8.9) });
    expect(done).toMatchObject({
      outcome: "good",
      summary: "Confirmed and reported, 8.9\u00a0s after sending",
    });
    expect(done.steps.every(({ state }) => state === "done")).toBe(true);
    expect(done.steps[5]).toMatchObject({ note: "+8.9\u00a0s · confirmed" });
  });

  test("shows as confirmed by its feedback where the product was not asked", () => {
    expect(journeyOf({ ...DELIVERED, feedbackAt: at(9) }).steps[4]).toMatchObject({
      state: "done",
      at: null,
    });
  });

  test("ends undelivered with the reason, and may be confirmed all the same", () => {
    const history = [...DELIVERED.history.slice(0, 3), { status: "undelivered", at: at(4) }];
    const lost: MessageFacts = { ...DELIVERED, status: "undelivered", errorCode: 30003, history };
    expect(journeyOf(lost)).toMatchObject({ outcome: "bad", summary: "Undelivered: 30003 Out of reach" });
    expect(states(lost)).toEqual(["done", "done", "done", "failed", "to come", "to come"]);
    expect(states({ ...lost, confirmedAt: at(9), feedbackAt: at(9) })[5]).toBe("done");
  });

  test("without feedback ends with its delivery", () => {
    const plain = { ...DELIVERED, provideFeedback: false };
    expect(journeyOf(plain).summary).toBe("Delivered in 2.1\u00a0s");
    expect(states(plain).slice(4)).toEqual(["to come", "to come"]);
  });
});
