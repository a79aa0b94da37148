/**
 * better-auth with its phone number plugin, at its quickest: nothing is sent, no limit of requests is counted, and numbers belong to users that
 * are there already.
 */
import { betterAuth } from "better-auth";
import { phoneNumber } from "better-auth/plugins/phone-number";
import { pool } from "./pool.js";

export const auth = betterAuth({
  baseURL: process.env.BETTER_AUTH_URL,
  secret: process.env.BETTER_AUTH_SECRET,
  database: pool,
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: "error" },
  plugins: [phoneNumber({ sendOTP: () => undefined })],
});
