/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Node loads these itself: bundled, the SDK's first request in development takes seconds.
  serverExternalPackages: ["twilio", "pino"],
  // `npm test` checks the types of the whole tree; the demo's first start need not.
  typescript: { ignoreBuildErrors: true },
  // A link's URL has its secret in it, and the development server would print it.
  logging: { incomingRequests: { ignore: [/\/confirm/] } },
  // Nobody may put the login into a frame and have people click through it.
  headers: () =>
    Promise.resolve([
      {
        source: "/:path*",
        headers: [
          { key: "X-Frame-Options", value: "DENY" },
          { key: "X-Content-Type-Options", value: "nosniff" },
        ],
      },
    ]),
  // The forms carry a number or a code.
  experimental: { serverActions: { bodySizeLimit: "16kb" } },
};

export default config;
