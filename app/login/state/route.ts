import { currentVerification } from "@/app/cookies/sign-in";
import { progressOf } from "../progress";

/** Where this browser's sign-in stands: what its page looks at while it waits, to go on by itself. */
export async function GET(): Promise<Response> {
  const state = progressOf(await currentVerification());
  return Response.json({ state }, { headers: { "Cache-Control": "no-store" } });
}
