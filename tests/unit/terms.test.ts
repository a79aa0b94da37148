/** The words of the product against what they are the words of: the database's enums, and Twilio's codes in use. */
import { describe, expect, expectTypeOf, test } from "vitest";
import { ACTION_NAMES, actionsThat, type TrackedAction } from "@/lib/terms/actions";
import { CHANNEL_NAMES, type Channel } from "@/lib/terms/channels";
import { FILTER_PARAMETERS, filterOf } from "@/lib/terms/dimensions";
import { COUNT_NAMES, METRICS, RATE_NAMES, rateWords } from "@/lib/terms/metrics";
import {
  FINAL_STATUSES,
  MESSAGE_STATUS_NAMES,
  VERIFICATION_STATUSES,
  type MessageStatus,
  type VerificationStatus,
} from "@/lib/terms/statuses";
import { errorWords } from "@/lib/terms/twilio-codes";
import * as database from "@/prisma/generated/enums";

describe("the words are those of the database, in its order", () => {
  test("tracked actions", () => {
    expect(ACTION_NAMES).toEqual(Object.values(database.TrackedAction));
    expectTypeOf<TrackedAction>().toEqualTypeOf<database.TrackedAction>();
  });

  test("channels", () => {
    expect(CHANNEL_NAMES).toEqual(Object.values(database.Channel));
    expectTypeOf<Channel>().toEqualTypeOf<database.Channel>();
  });

  test("delivery statuses", () => {
    expect(MESSAGE_STATUS_NAMES).toEqual(Object.values(database.MessageStatus));
    expectTypeOf<MessageStatus>().toEqualTypeOf<database.MessageStatus>();
  });

  test("verification statuses", () => {
    expect(VERIFICATION_STATUSES).toEqual(Object.values(database.VerificationStatus));
    expectTypeOf<VerificationStatus>().toEqualTypeOf<database.VerificationStatus>();
  });
});

test("a reply neither gives a secret back nor lets anybody in", () => {
  expect(actionsThat("returnsSecret")).toEqual(["code", "link", "temporary_password"]);
  expect(actionsThat("opensSession")).toEqual(["code", "link", "temporary_password"]);
});

test("statuses after which nothing changes any more", () => {
  expect(FINAL_STATUSES).toEqual(["canceled", "failed", "undelivered", "delivered", "read"]);
});

test("every dimension is a parameter, and but for flags and feedback also negated", () => {
  expect(FILTER_PARAMETERS).toHaveLength(25);
  for (const parameter of FILTER_PARAMETERS) {
    const filter = filterOf(parameter);
    expect(`${filter?.name}${filter?.not ? "!" : ""}`).toBe(parameter);
  }
  for (const other of ["confirmed!", "late!", "feedback!", "range", "country!!", "!", ""])
    expect(filterOf(other)).toBeUndefined();
});

test("metrics say what is divided by what", () => {
  expect(rateWords("conversion")).toBe("Confirmed ÷ attempted.");
  expect(METRICS.inTimeConversion).toBe("(Confirmed − late) ÷ attempted.");
  expect(METRICS.priceCoverage).toBe(
    "Messages whose price Twilio has told ÷ attempted. Prices come hours later.",
  );
  expect(Object.keys(METRICS)).toEqual(expect.arrayContaining([...COUNT_NAMES, ...RATE_NAMES]));
});

test("Twilio's codes in words", () => {
  expect(errorWords(30003)).toBe("The phone is off, out of reach or cannot take the message");
  expect(errorWords(12345)).toBe("Twilio's error 12345");
  expect(errorWords(null)).toBe("No code was given");
});
