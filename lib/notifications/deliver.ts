/**
 * Tells what is due.
 */
import { now } from "../clock";
import { idAt } from "../ids";
import { log } from "../log";
import { unseal } from "../secrets";
import { DELIVERED, failed, type Letter, type Told } from "./channels/channel";
import { tellByEmail } from "./channels/email";
import { tellSlack } from "./channels/slack";
import { tellWebhook } from "./channels/webhook";
import { markDelivered, markFailed, takeDue, type Due, type Sealed } from "./due";
import type { Said } from "./said";
import { findSealed } from "./targets";

/** The telling as it goes on: each target at its own pace, so that one that does not answer keeps no other waiting. */
export class NotificationDelivery {
  readonly #busy = new Map<string, Promise<void>>();
  /** What its receiver has and could not be written down: that is made up for, and it is not told again. */
  readonly #unrecorded = new Set<string>();

  /** Begins to tell what is due to whoever is told nothing yet. @returns whether there was anything */
  async begin(): Promise<boolean> {
    const due = await takeDue([...this.#busy.keys()]);
    for (const targetId of new Set(due.map((each) => each.targetId))) {
      const letters = due.filter((each) => each.targetId === targetId);
      const ended = Promise.all(letters.map((due) => this.#deliver(due)))
        .then(() => undefined)
        // What was not recorded is due again when its lease is over.
        .catch((err: unknown) => log().error({ targetId, err }, "notification not recorded"))
        .finally(() => this.#busy.delete(targetId));
      this.#busy.set(targetId, ended);
    }
    return due.length > 0;
  }

  /** Until a target has been told what was begun; at once where nothing is under way. */
  async oneFree(): Promise<void> {
    await Promise.race(this.#busy.values());
  }

  /** Until nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  async #deliver(due: Due): Promise<void> {
    const about = { notificationId: due.id, targetId: due.targetId, type: due.type, tries: due.tries };
    const told = this.#unrecorded.has(due.id) ? DELIVERED : await tell(due);
    if (told.outcome === "delivered") {
      this.#unrecorded.add(due.id);
      await markDelivered(due);
      this.#unrecorded.delete(due.id);
      log().info(about, "notification delivered");
    } else {
      await markFailed(due, told.error, told.isFinal);
      log().warn({ ...about, error: told.error }, "notification not delivered");
    }
  }
}

/**
 * Tells one target that this is a test, at once and once.
 *
 * @returns what came of it; null where there is no such target
 */
export async function tellTest(id: string): Promise<Told | null> {
  const target = await findSealed(id);
  if (!target) return null;
  const writtenAt = now();
  return tell({
    ...target,
    id: idAt(writtenAt),
    thread: `test-${id}`,
    type: "notification.test",
    said: TEST,
    writtenAt,
  });
}

const TEST: Said = {
  title: "This is a test",
  text: "Whoever reads this is told what was chosen for them.",
  path: "/",
  data: {},
};

async function tell({
  kind,
  address,
  secret,
  previousSecret,
  said,
  ...envelope
}: Sealed & Letter): Promise<Told> {
  const target = unseal("target", address);
  const [key, before] = [secret, previousSecret].map((each) => each && unseal("webhook secret", each));
  if (target === null || (kind === "webhook" && !key)) return failed("sealed_with_another_key");
  if (kind === "webhook") {
    return tellWebhook(
      target,
      [key, before].filter((each) => typeof each === "string"),
      { ...envelope, said },
    );
  }
  // What programs are told has no words: who chose it so before that was refused is not told it.
  if (!("title" in said)) return failed("for_programs", true);
  const letter = { ...envelope, said };
  return kind === "slack" ? tellSlack(target, letter) : tellByEmail(target, letter);
}
