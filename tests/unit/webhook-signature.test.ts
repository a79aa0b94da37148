import { expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { isSignedByTwilio } from "@/lib/messaging/webhook";

const PARAMETERS = {
  CallSid: "CA1234567890ABCDE",
  Caller: "+14158675309",
  Digits: "1234",
  From: "+14158675309",
  To: "+18005551212",
};
const PATH = "/myapp.php?foo=1&bar=2";

// The vectors Twilio has published: the token is "12345".
test.each([
  ["https://mycompany.com", PATH, "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
  ["https://mycompany.com", PATH, "kvajT1Ptam85bY51eRf/AJRuM3w="],
  ["http://mycompany.com:1234", PATH, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="],
  ["https://mycompany.com", `${PATH}&Body=It's+amazing`, "TfZzewPq8wqrGlMfyAud8+/IvJ0="],
])("Twilio's published signature is accepted: %s%s %s", (PUBLIC_BASE_URL, path, signature) => {
  setEnv({ PUBLIC_BASE_URL, TWILIO_AUTH_TOKEN: "12345" });
  expect(isSignedByTwilio(signature, path, PARAMETERS)).toBe(true);
  expect(isSignedByTwilio(signature, path, { ...PARAMETERS, Digits: "1235" })).toBe(false);
  setEnv({ PUBLIC_BASE_URL, TWILIO_AUTH_TOKEN: "12346" });
  expect(isSignedByTwilio(signature, path, PARAMETERS)).toBe(false);
});
