import { schemaFault } from "@/lib/db";
import { zoneFault } from "@/lib/moments";
import { Fault } from "./fault";

/** @throws {Fault} when what this process would write to the database were stored at other moments, or in another schema */
export async function refuseOtherZone(): Promise<void> {
  const fault = (await schemaFault()) ?? (await zoneFault());
  if (fault) throw new Fault(fault);
}
