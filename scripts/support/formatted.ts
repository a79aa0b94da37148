/** A JSON file as `npm run format` leaves it, for what is drawn or cut out and then kept in the repository. */
import { readFileSync } from "node:fs";
import { format } from "oxfmt";
import { z } from "zod";

const Settings = z.object({ printWidth: z.number() });

export async function formatted(file: string, content: unknown): Promise<string> {
  const settings = Settings.parse(JSON.parse(readFileSync(".oxfmtrc.json", "utf8")));
  return (await format(file, JSON.stringify(content), settings)).code;
}
