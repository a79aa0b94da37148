import { headers } from "next/headers";
import { CLIENT_ADDRESS_HEADER } from "@/lib/client-address";

/** The end user's address, as our server found it. Requests that came another way share one limit. */
export async function readClientAddress(): Promise<string> {
  return (await headers()).get(CLIENT_ADDRESS_HEADER) ?? "unknown";
}
