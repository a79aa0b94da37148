import { progressOf } from "@/app/login/progress";
import { currentViewer } from "@/app/cookies/session";
import { currentReply } from "@/app/cookies/reply";

/** Where the reply that was asked for stands: what the account's page looks at while it waits. */
export async function GET(): Promise<Response> {
  const viewer = await currentViewer();
  const state = progressOf(viewer && (await currentReply(viewer)));
  return Response.json({ state }, { headers: { "Cache-Control": "no-store" } });
}
