import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { shortenHeaders } from "@/scripts/server/headers";

test("what is looked through with regular expressions is cut to what browsers say", () => {
  const request = new IncomingMessage(new Socket());
  request.headers = {
    "user-agent": "A".repeat(15_500),
    accept: "a".repeat(15_500),
    "x-other": "o".repeat(2_000),
  };
  shortenHeaders(request);
  expect(request.headers["user-agent"]).toHaveLength(512);
  expect(request.headers.accept).toHaveLength(1_024);
  expect(request.headers["x-other"]).toHaveLength(2_000);
});
