/**
 * Who calls: a program with a key, somebody who may see the dashboard, or Twilio.
 */
import { timingSafeEqual } from "node:crypto";
import { isOperator, mayReadDashboard } from "../account/access";
import { findViewer, sessionCookieName } from "../account/session";
import { env } from "../env";
import { isSignedByTwilio } from "../messaging/webhook";
import { noteWebhook } from "../setup/webhooks-seen";
import { keyedHash } from "../secrets";
import type { FormFields } from "./body";
import { Problem } from "./problem";

/** The digest of the bearer key, when it is one of ours. */
export function authenticate(request: Request): Uint8Array<ArrayBuffer> {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const digest = keyedHash("api key", given ?? "");
  // Every key is compared, each in constant time, so that the answer's time says nothing about any of them.
  const matches = env().API_KEYS.filter((key) => timingSafeEqual(keyedHash("api key", key), digest));
  if (!given || matches.length === 0) {
    throw new Problem("unauthorized", {
      detail: "Send one of the API keys as `Authorization: Bearer <key>`.",
      headers: { "WWW-Authenticate": "Bearer" },
    });
  }
  return digest;
}

/**
 * Who may read reports: a program with a key, and whoever may see the dashboard.
 *
 * @returns whether it is one of ours, a program or an operator, rather than anybody who reads an open dashboard
 */
export async function checkReader(request: Request): Promise<boolean> {
  if (request.headers.has("authorization")) {
    authenticate(request);
    return true;
  }
  const token = cookieOf(request, sessionCookieName());
  const viewer = token ? await findViewer(token) : null;
  if (mayReadDashboard(viewer)) return isOperator(viewer);
  throw unauthorized();
}

function unauthorized(): Problem {
  return new Problem("unauthorized", {
    detail: "Send one of the API keys as `Authorization: Bearer <key>`, or sign in as an operator.",
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

/** Who may change what operators see: a program with a key, or an operator. A browser sends our cookie with no other site's request for it. */
export async function checkOperator(request: Request): Promise<void> {
  if (request.headers.has("authorization")) return void authenticate(request);
  const token = cookieOf(request, sessionCookieName());
  if (isOperator(token ? await findViewer(token) : null)) return;
  throw unauthorized();
}

function cookieOf(request: Request, name: string): string | undefined {
  const cookies = request.headers.get("cookie")?.split(/; */) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The values of a path's parameters, as Next has them. */
export type PathParams = Record<string, string | string[] | undefined>;

/** @param path of the operation, with parameters as `{name}` */
export function checkSignature(request: Request, path: string, params: PathParams, form: FormFields): void {
  const signedPath = path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
  const signature = request.headers.get("x-twilio-signature");
  const signed = isSignedByTwilio(signature, signedPath, form);
  noteWebhook(signed);
  if (!signed) throw badSignature();
}

/** What is not signed by Twilio, or not rightly. */
export function badSignature(): Problem {
  return new Problem("bad_signature", {
    detail:
      "X-Twilio-Signature does not match: PUBLIC_BASE_URL and TWILIO_AUTH_TOKEN must be those Twilio uses.",
  });
}
