import { progressOf } from "@/app/login/progress";
import { viewerWhoWaits } from "@/app/cookies/session";
import { currentReply } from "@/app/cookies/reply";

/** Where the reply that was asked for stands: what the account's page looks at while it waits. */
export async function GET(): Promise<Response> {
  const viewer = await viewerWhoWaits();
  const state = progressOf(viewer && (await currentReply(viewer)));
  return Response.json({ state }, { headers: { "Cache-Control": "no-store" } });
}
