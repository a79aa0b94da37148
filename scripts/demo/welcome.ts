/** What the demo prints when everything is ready. */
import type { DemoSettings } from "./settings";

/** By the hour where there are few: people come as busily as in the sample history. */
function trafficInWords(perSecond: number): string {
  const often =
    perSecond < 1
      ? `some ${Math.round(perSecond * 3_600)} simulated sign-ins an hour`
      : `${perSecond} simulated sign-ins a second`;
  return `${often}; TRAFFIC=1 for one a second, TRAFFIC=0 for none`;
}

/** A well-formed British mobile number, for the simulator only. */
const EXAMPLE_NUMBER = "+447400123456";

export function welcome({ port, simulatorPort, apiKey, simulated, traffic }: DemoSettings): string {
  const origin = `http://localhost:${port}`;
  const rows = [
    ["Conversion", `${origin}/`],
    ["Log in", `${origin}/login`],
    ...(simulated ? [["A phone", `${origin}/phone`]] : []),
    ["API", `${origin}/api, described at /api/openapi.json (with the key)`],
    ...(simulated ? [["Simulator", `http://localhost:${simulatorPort}`]] : []),
    ...(traffic > 0 ? [["Traffic", trafficInWords(traffic)]] : []),
    ["API key", apiKey],
  ];
  return [
    "",
    "OTP Insights is ready.",
    "",
    ...rows.map(([label = "", value = ""]) => `  ${label.padEnd(12)}${value}`),
    "",
    "  Send a code:",
    "",
    `  curl ${origin}/api/verifications -H 'Authorization: Bearer ${apiKey}' \\`,
    `    -H 'Content-Type: application/json' -d '{"to":"${simulated ? EXAMPLE_NUMBER : "+YOUR_NUMBER"}"}'`,
    "",
    simulated
      ? "  Messages go to the simulator, never to a real phone. Ctrl-C stops everything."
      : "  Messages go to real phones, over your Twilio account. Ctrl-C stops everything.",
    "",
  ].join("\n");
}
