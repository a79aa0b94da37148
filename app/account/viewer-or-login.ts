import { redirect } from "next/navigation";
import { currentViewer } from "@/app/cookies/session";
import type { Viewer } from "@/lib/account/session";

/** Who is signed in here; whoever is not goes to the login. */
export async function viewerOrLogin(): Promise<Viewer> {
  return (await currentViewer()) ?? redirect("/login");
}
