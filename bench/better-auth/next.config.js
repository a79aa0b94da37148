/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // As the product's.
  compress: false,
  // The lock file of the product lies above.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
};
