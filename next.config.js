/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Node loads these itself: bundled, the SDK's first request in development takes seconds.
  serverExternalPackages: ["twilio", "pino"],
  // The forms carry a number or a code.
  experimental: { serverActions: { bodySizeLimit: "16kb" } },
};

export default config;
