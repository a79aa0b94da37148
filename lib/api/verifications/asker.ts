/**
 * Whom a program asks for, as far as limits count.
 */
import type { Asker } from "../../protection/asker";
import { keyedHash } from "../../secrets";

/** @param apiKey digest of the program's key: one program's devices are none of another's */
export function askerOf(
  { clientIp, deviceId }: { clientIp?: string; deviceId?: string },
  apiKey: Uint8Array<ArrayBuffer>,
): Asker {
  const program = Buffer.from(apiKey).toString("hex");
  return {
    clientAddress: clientIp,
    device: deviceId === undefined ? undefined : keyedHash("device", `${program} ${deviceId}`),
  };
}
