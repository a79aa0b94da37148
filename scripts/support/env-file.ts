import { existsSync } from "node:fs";

/** Reads `.env` of the current folder, if there is one. What the environment already says wins over it. */
export function loadEnvFile(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}
