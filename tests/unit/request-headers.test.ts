import { IncomingMessage, type IncomingHttpHeaders } from "node:http";
import { Socket } from "node:net";
import { beforeEach, describe, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { ApiRequest } from "@/scripts/server/api-request";
import {
  keepOwnCookies,
  setOwnAddresses,
  settleRawHeaders,
  shortenHeaders,
} from "@/scripts/server/request-headers";
import { hasMalformedRouterHeader } from "@/scripts/server/router-headers";

beforeEach(() => setEnv({}));

describe("what is read by regular expressions and as lists", () => {
  const LONG = 15_500;

  test.each([
    ["user-agent", 512],
    ["accept", 1_024],
    ["accept-encoding", 256],
    ["accept-language", 1_024],
  ])("is cut to what browsers say: %s", (name, length) => {
    const headers: IncomingHttpHeaders = { [name]: "a".repeat(LONG) };
    shortenHeaders(headers);
    expect(headers[name]).toBe("a".repeat(length));
  });

  test.each([
    "cache-control",
    "content-type",
    "if-modified-since",
    "if-none-match",
    "next-url",
    "origin",
    "referer",
  ])("is left out where a part of it is none: %s", (name) => {
    const headers: IncomingHttpHeaders = { [name]: "a".repeat(LONG) };
    shortenHeaders(headers);
    expect(headers).toEqual({});
  });

  test.each(["if-match", "if-range", "if-unmodified-since", "range"])("is left out unused: %s", (name) => {
    const headers: IncomingHttpHeaders = { [name]: "x" };
    shortenHeaders(headers);
    expect(headers).toEqual({});
  });

  test("is as it was where it is no longer than that, and so is what nobody looks through", () => {
    const headers = {
      "user-agent": "a".repeat(512),
      referer: "r".repeat(4_096),
      "x-other": "o".repeat(LONG),
    };
    const before = { ...headers };
    shortenHeaders(headers);
    expect(headers).toEqual(before);
  });
});

describe("cookies", () => {
  const kept = (cookie: string) => {
    const headers: IncomingHttpHeaders = { cookie };
    keepOwnCookies(headers);
    return headers.cookie;
  };

  const https = () => setEnv({ PUBLIC_BASE_URL: "https://otp.example.com" });

  test("are ours, whatever else is set at our host", () => {
    expect(
      kept("a=b; otp_browser=x; _ga=1;otp_session=y==; theme=dark; xotp_browser=1; otp_; theme2=1"),
    ).toBe("otp_browser=x; otp_session=y==; theme=dark");
    expect(kept("a=b;".repeat(3_000))).toBeUndefined();
  });

  test.each(["otp_z", "__Host-otp_z"])("are not crowded out by any number of others: %s", (name) => {
    https();
    const planted = Array.from({ length: 1_000 }, (_, count) => `${name}${count}=x`).join("; ");
    expect(kept(`${planted}; __Host-otp_session=y`)).toBe("__Host-otp_session=y");
  });

  test("have the prefix where there is https, without which neighbours can set them, and else none", () => {
    const both = "otp_session=planted; __Secure-otp_session=planted; __Host-otp_session=ours; theme=dark";
    expect(kept(both)).toBe("otp_session=planted; theme=dark");
    https();
    expect(kept(both)).toBe("__Host-otp_session=ours");
  });

  test("are each there once, the last one, which has the shortest path", () => {
    expect(kept("otp_session=planted; otp_browser=b; otp_session=ours")).toBe(
      "otp_session=ours; otp_browser=b",
    );
  });
});

describe("the host", () => {
  function hostOf(headers: IncomingHttpHeaders, trustedProxies = 1): IncomingHttpHeaders {
    setOwnAddresses(headers, "127.0.0.1", trustedProxies);
    return headers;
  }

  test.each([
    ["that of a proxy's inside", { host: "127.0.0.1:3977" }],
    ["forwarded", { host: "app:3000", "x-forwarded-host": "otp.example.com:443" }],
    ["another's", { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" }],
    ["none", {}],
    ["ours", { host: "otp.example.com" }],
  ])("is the public one, whatever is said: %s", (_, headers) => {
    setEnv({ PUBLIC_BASE_URL: "https://otp.example.com" });
    expect(hostOf({ ...headers, "x-real-ip": "192.0.2.1", forwarded: "for=192.0.2.1" })).toEqual({
      host: "otp.example.com",
      "x-client-address": "127.0.0.1",
    });
  });

  test("is any name of this machine where it is the public one", () => {
    setEnv({ PUBLIC_BASE_URL: "http://localhost:3000" });
    for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"]) {
      expect(hostOf({ host }).host).toBe(host);
    }
    expect(hostOf({ host: "localhost:3001" }).host).toBe("localhost:3000");
  });
});

describe("the router's state", () => {
  const malformed = (state: string) => hasMalformedRouterHeader({ "next-router-state-tree": state });

  test.each([
    '["",{}]',
    '["",{"children":["login",{"children":["__PAGE__",{}]}]},null,null,true]',
    '["",{"children":[["country","BR","d",null],{"children":["__PAGE__?{\\"range\\":\\"7d\\"}",{}]}]},null,"refetch"]',
    '["",{"children":["x",{}]},["/login",""],"metadata-only",16]',
  ])("is taken as the router writes it: %s", (state) => {
    expect(malformed(encodeURIComponent(state))).toBe(state.includes("true"));
    expect(hasMalformedRouterHeader({})).toBe(false);
  });

  test.each([
    "",
    "x",
    "%",
    "null",
    "[]",
    "{}",
    '["x"]',
    '["",[]]',
    '["",{"children":1}]',
    '["",{},1]',
    '[["a","b","zz",null],{}]',
    '["",{}], ["",{}]',
    "[".repeat(15_000),
    `["",{"a":`.repeat(70) + `["",{}]` + "}]".repeat(70),
    JSON.stringify(["x".repeat(9_000), {}]),
  ])("is malformed when Next would throw at it: %.20s", (state) => {
    expect(malformed(state)).toBe(true);
  });
});

test("a route handler reads what we made of the headers, and not what came, however it reads them", () => {
  const incoming = new IncomingMessage(new Socket());
  const claims = ["X-Client-Address", "203.0.113.7", "x-client-address", "203.0.113.8"];
  incoming.rawHeaders = [
    "Host",
    "evil.example",
    "host",
    "other.example",
    ...claims,
    "User-Agent",
    "b".repeat(9_000),
  ];
  incoming.headers = {
    host: "evil.example",
    "x-client-address": "203.0.113.7",
    "user-agent": "b".repeat(9_000),
  };
  shortenHeaders(incoming.headers);
  setOwnAddresses(incoming.headers, "192.0.2.1", 0);
  settleRawHeaders(incoming);
  const { headers } = new ApiRequest(incoming);
  const named = [headers.get("x-client-address"), headers.get("host")];
  const listed = new Map(headers);
  expect([listed.get("x-client-address"), listed.get("host")]).toEqual(named);
  expect(named[0]).toBe("192.0.2.1");
  expect(named[1]).not.toContain("example");
  expect(listed.get("user-agent")).toHaveLength(512);
});
