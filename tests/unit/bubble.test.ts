import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Bubble } from "@/components/phone/bubble";

test("each line of a text begins on the side of its own language, also that for browsers under an Arabic one", () => {
  const body = "رمزك هو 085318\n\n@localhost #085318";
  const entry = {
    kind: "message",
    direction: "received",
    channel: "sms",
    sid: "SM1",
    body,
    secret: "085318",
    at: "2026-11-26T10:00:00Z",
  } as const;
  const page = renderToStaticMarkup(createElement(Bubble, { entry, time: "10:00", newest: false }));
  expect(page.match(/dir="auto"/g)).toHaveLength(3);
  expect(page).toMatch(/dir="auto"[^>]*>@localhost #085318\n</);
  expect(page.match(/<strong/g)).toHaveLength(1);
});
