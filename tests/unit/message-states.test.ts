/** What a message's row says of how it stands: the one reading, for a verification and for the log. */
import { expect, test } from "vitest";
import { outcomeOf, statusWithoutSid } from "@/lib/messages";
import { MESSAGE_STATUS_NAMES } from "@/lib/terms/statuses";

const AT = new Date("2026-11-23T12:00:00Z");
const SENT = { sid: "SM1", refusedAt: null, confirmedAt: null, late: false, status: null };

test("each of Twilio's statuses has an outcome", () => {
  const outcomes = MESSAGE_STATUS_NAMES.map((status) => [status, outcomeOf({ ...SENT, status })]);
  expect(Object.fromEntries(outcomes)).toEqual({
    accepted: "in_flight",
    scheduled: "in_flight",
    queued: "in_flight",
    sending: "in_flight",
    sent: "delivered",
    canceled: "canceled",
    failed: "error",
    undelivered: "error",
    delivered: "delivered",
    read: "delivered",
  });
  expect(outcomeOf(SENT)).toBe("in_flight");
});

test("what came back outweighs what a receipt says, and nothing was sent without a SID", () => {
  expect(outcomeOf({ ...SENT, status: "undelivered", confirmedAt: AT })).toBe("confirmed");
  expect(outcomeOf({ ...SENT, status: "delivered", confirmedAt: AT, late: true })).toBe("late");
  expect(outcomeOf({ ...SENT, sid: null })).toBe("unknown");
  expect(outcomeOf({ ...SENT, sid: null, refusedAt: AT })).toBe("refused");
});

test("without a SID it is requested for as long as a call may take, unless that has ended", () => {
  const requested = { requestedAt: AT, refusedAt: null, unansweredAt: null };
  const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
  expect(statusWithoutSid(requested, later(29))).toBe("requested");
  expect(statusWithoutSid(requested, later(30))).toBe("unknown");
  expect(statusWithoutSid({ ...requested, unansweredAt: later(10) }, later(11))).toBe("unknown");
  expect(statusWithoutSid({ ...requested, refusedAt: later(1) }, later(2))).toBe("refused");
});
