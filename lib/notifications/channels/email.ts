/**
 * E-mail by SMTP. All steps of an incident name it as what they answer to, so that mail programs show them as one thread.
 */
import { createTransport, type Transporter } from "nodemailer";
import { env, required } from "../../env";
import type { Said } from "../said";
import { DELIVERED, failed, TIMEOUT_MS, type Letter, type Told } from "./channel";

let transport: { url: string; mailer: Transporter } | undefined;

function mailer(): Transporter {
  const url = required("SMTP_URL");
  if (transport?.url !== url) {
    transport?.mailer.close();
    transport = {
      url,
      mailer: createTransport(
        { url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
        { disableFileAccess: true, disableUrlAccess: true },
      ),
    };
  }
  return transport.mailer;
}

export async function tellByEmail(
  to: string,
  { id, thread, type, said: { title, text, path } }: Letter<Said>,
): Promise<Told> {
  const { PUBLIC_BASE_URL: origin } = env();
  const host = new URL(origin).hostname;
  try {
    await mailer().sendMail({
      from: required("ALERTS_FROM"),
      // As an object: a text may name several people.
      to: { name: "", address: to },
      subject: title,
      text: `${text}\n\n${origin}${path}\n`,
      messageId: `<${id}@${host}>`,
      references: `<${thread}@${host}>`,
      inReplyTo: `<${thread}@${host}>`,
      headers: { "Auto-Submitted": "auto-generated", "X-Event": type },
    });
    return DELIVERED;
  } catch (error) {
    return failed(...reasonOf(error));
  }
}

/** SMTP's code, or the system's; what begins with 5 is a refusal that stays (RFC 5321, section 4.2.1) where it is of the recipient. */
function reasonOf(error: unknown): [error: string, isFinal: boolean] {
  if (!(error instanceof Error)) return ["failed", false];
  if ("responseCode" in error && typeof error.responseCode === "number") {
    const isOfRecipient = "command" in error && error.command === "RCPT TO";
    return [`smtp_${error.responseCode}`, isOfRecipient && error.responseCode >= 500];
  }
  return ["code" in error && typeof error.code === "string" ? error.code : "failed", false];
}
