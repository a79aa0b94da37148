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
  // What every answer says to browsers, scripts/server/answer-headers.ts has.
  headers: () =>
    Promise.resolve([
      {
        // It has the colours of both themes, in a style of its own.
        source: "/icon.svg",
        headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; style-src 'unsafe-inline'" }],
      },
      {
        // What browsers ask for with every page, from public/: it changes with a new version of the product, if then.
        source:
          "/:file(world.svg|favicon.ico|icon.svg|apple-touch-icon.png|icon-192.png|icon-512.png|site.webmanifest)",
        headers: [{ key: "Cache-Control", value: "public, max-age=604800" }],
      },
    ]),
  // The forms carry a number or a code; scripts/server/form-post.ts says the same.
  experimental: { serverActions: { bodySizeLimit: "16kb" } },
};

export default config;
