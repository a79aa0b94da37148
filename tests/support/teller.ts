/**
 * A process that tells what is due, once, at the moment of `CLOCK`, and writes nothing down of what its receiver has answered: from there on it
 * waits, to be killed.
 */
import { setClock } from "@/lib/clock";
import { NotificationDelivery } from "@/lib/notifications/deliver";

const moment = new Date(process.env["CLOCK"] ?? "");
setClock(() => moment);

const { fetch } = globalThis;
globalThis.fetch = async (...args) => {
  await fetch(...args);
  process.stdout.write("answered\n");
  return new Promise(() => undefined);
};

void new NotificationDelivery().begin();
