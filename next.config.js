/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // scripts/serve.ts does, also what handlers answer.
  compress: false,
  // Node loads these itself: bundled, the SDK's first request in development takes seconds.
  serverExternalPackages: ["twilio", "pino"],
  // `npm test` checks the types of the whole tree; the demo's first start need not.
  typescript: { ignoreBuildErrors: true },
  // A link's URL has its secret in it, and the development server would print it.
  logging: { incomingRequests: { ignore: [/\/confirm/] } },
  headers: () =>
    Promise.resolve([
      {
        source: "/:path*",
        headers: [
          // Nobody may put the login into a frame and have people click through it.
          { key: "X-Frame-Options", value: "DENY" },
          { key: "X-Content-Type-Options", value: "nosniff" },
          {
            key: "Permissions-Policy",
            value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
          },
        ],
      },
      {
        // Of a link's page proxy.ts says it, more strictly.
        source: "/((?!confirm).*)",
        headers: [{ key: "Referrer-Policy", value: "same-origin" }],
      },
      {
        // Its answers are data: a browser that opens one runs and loads nothing. Of pages proxy.ts says what they may.
        source: "/api/:path*",
        headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
      },
      {
        // What browsers ask for with every page, from public/: it changes with a new version of the product, if then.
        source:
          "/:file(world.svg|favicon.ico|icon.svg|apple-touch-icon.png|icon-192.png|icon-512.png|site.webmanifest)",
        headers: [{ key: "Cache-Control", value: "public, max-age=604800" }],
      },
    ]),
  // The forms carry a number or a code.
  experimental: { serverActions: { bodySizeLimit: "16kb" } },
};

export default config;
