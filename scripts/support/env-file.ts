import { existsSync } from "node:fs";
import { env, type Env } from "@/lib/env";
import { Fault, messageOf } from "./fault";

/** Reads `.env` of the current folder, if there is one. What the environment already says wins over it. */
export function loadEnvFile(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/**
 * The configuration of a server process.
 *
 * @throws {Fault} naming each variable that is wrong.
 */
export function configuration(): Env {
  try {
    return env();
  } catch (error) {
    throw new Fault(messageOf(error));
  }
}
