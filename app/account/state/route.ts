import { progressOf } from "@/app/login/attempt";
import { currentViewer } from "@/app/session-cookie";
import { currentReply } from "../reply-cookie";

/** Where the reply that was asked for stands: what the account's page looks at while it waits. */
export async function GET(): Promise<Response> {
  const viewer = await currentViewer();
  const state = progressOf(viewer && (await currentReply(viewer)));
  return Response.json({ state }, { headers: { "Cache-Control": "no-store" } });
}
