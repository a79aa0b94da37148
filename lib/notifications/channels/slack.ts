/**
 * Messages to a Slack channel, or to what takes the same (Mattermost, Rocket.Chat, Discord's `/slack`): an incoming webhook, whose address is its secret.
 */
import { env } from "../../env";
import type { Said } from "../said";
import type { Letter, Told } from "./channel";
import { postJson } from "./post";

export function tellSlack(url: string, { said: { title, text, path } }: Letter<Said>): Promise<Told> {
  const link = `<${env().PUBLIC_BASE_URL}${path}|Open OTP Insights>`;
  return postJson(url, JSON.stringify({ text: `*${escaped(title)}*\n${escaped(text)}\n${link}` }));
}

/** As Slack asks for: these three begin its own marks. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
