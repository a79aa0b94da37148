import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientAddress, partialAddress } from "@/lib/client-address";

const socketAddress = "198.51.100.7";

describe("clientAddress", () => {
  test("is the connection's without trusted proxies, whatever the client sends", () => {
    expect(clientAddress({ socketAddress, forwardedFor: "192.0.2.1", trustedProxies: 0 })).toBe(
      socketAddress,
    );
    expect(clientAddress({ socketAddress, forwardedFor: undefined, trustedProxies: 0 })).toBe(socketAddress);
  });

  test("is the entry that the outermost trusted proxy appended", () => {
    const forwardedFor = "192.0.2.1, 192.0.2.2,192.0.2.3";
    expect(clientAddress({ socketAddress, forwardedFor, trustedProxies: 1 })).toBe("192.0.2.3");
    expect(clientAddress({ socketAddress, forwardedFor, trustedProxies: 2 })).toBe("192.0.2.2");
    expect(clientAddress({ socketAddress, forwardedFor, trustedProxies: 3 })).toBe("192.0.2.1");
  });

  test("is the leftmost entry when there are fewer entries than proxies, and the connection's when there are none", () => {
    expect(clientAddress({ socketAddress, forwardedFor: "192.0.2.1", trustedProxies: 3 })).toBe("192.0.2.1");
    expect(clientAddress({ socketAddress, forwardedFor: "", trustedProxies: 3 })).toBe(socketAddress);
    expect(clientAddress({ socketAddress, forwardedFor: undefined, trustedProxies: 3 })).toBe(socketAddress);
  });

  test("is the connection's when the entry is no address", () => {
    for (const entry of ["unknown", "_hidden", "192.0.2.256", "example.com", "'; DROP TABLE", " "]) {
      expect(clientAddress({ socketAddress, forwardedFor: entry, trustedProxies: 1 })).toBe(socketAddress);
    }
  });

  test.each([
    ["192.0.2.1:4711", "192.0.2.1"],
    ["[2001:db8::1]:4711", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:C000:0201", "192.0.2.1"],
    ["::ffff:0.0.0.0", "0.0.0.0"],
  ])("reads %s as %s", (entry, address) => {
    expect(clientAddress({ socketAddress, forwardedFor: entry, trustedProxies: 1 })).toBe(address);
  });

  test("cannot be chosen by a client, at any number of proxies", () => {
    const header = fc.option(
      fc.oneof(
        fc.string(),
        fc.array(fc.ipV4()).map((list) => list.join(",")),
      ),
      { nil: "" },
    );
    fc.assert(
      fc.property(header, fc.integer({ min: 0, max: 5 }), (fromClient, trustedProxies) => {
        // Each proxy appends the address it was called from: the first the client's, the others the proxy's before.
        const calledFrom = ["203.0.113.9", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"];
        const appended = calledFrom.slice(0, trustedProxies);
        const forwardedFor = [...(fromClient ? [fromClient] : []), ...appended].join(", ");
        const address = clientAddress({
          socketAddress: calledFrom[trustedProxies]!,
          forwardedFor,
          trustedProxies,
        });
        expect(address).toBe("203.0.113.9");
      }),
    );
  });
});

test.each([
  ["203.0.113.7", "203.0.113.x"],
  ["::ffff:203.0.113.7", "203.0.113.x"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:x"],
  ["2001:db8::1", "2001:db8:0:x"],
  ["::1", "0:0:0:x"],
  ["unknown", null],
  [null, null],
])("of %s people are shown %s", (address, shown) => {
  expect(partialAddress(address)).toBe(shown);
});
