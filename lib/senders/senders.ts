/**
 * Senders: what messages may be sent from. The one in the configuration is the first of them.
 */
import { now } from "../clock";
import { isUniqueViolation } from "../database-faults";
import { db, sql } from "../db";
import { refusal, type Refusal } from "../errors";
import { idAt } from "../ids";
import { configuredSender } from "../messaging/send";
import { readSenderOf } from "../settings/sender";
import type { Channel } from "../terms/channels";
import { inOrder } from "./choose";

/** What people say of a sender. */
export interface SenderSettings {
  /** As `readSenderOf` takes it, and gives it back: a number, a name, a short code, a Messaging Service's SID, or `whatsapp:` and a number. */
  address: string;
  channel: Channel;
  label: string;
  /** ISO 3166-1 alpha-2; none means all. */
  countries: string[];
  /** ISO 4217, of its prices. */
  currency: string | null;
  /** Of WhatsApp: the approved template for codes. */
  contentSid: string | null;
  active: boolean;
}

export interface Sender extends SenderSettings {
  id: string;
  /** Whether it is the one in the configuration. */
  configured: boolean;
  createdAt: Date;
}

/** One step of a sender's: null before it was made, and after it is gone. */
export interface SenderChange {
  id: string;
  senderId: string;
  at: Date;
  author: string;
  before: SenderSettings | null;
  after: SenderSettings | null;
}

const NOTHING = refusal("not_found", { detail: "There is no sender with this id." });

const SETTINGS = sql`s.address, s.channel::text as channel, s.label, s.countries, s.currency, s.content_sid as "contentSid", s.active`;

const columns = () =>
  sql`s.id, ${SETTINGS}, s.address = ${configuredSender()} and s.channel = 'sms' as configured, s.created_at as "createdAt"`;

/** What is kept of a change: `SenderSettings` as JSON, of the table or CTE `s`. */
const AS_JSON = sql`(select to_jsonb(o) from (select ${SETTINGS}) o)`;

/** In the one spelling it is known by. */
function addressIn({ channel, address }: SenderSettings): string {
  const reading = readSenderOf(channel, address);
  if ("why" in reading) throw new TypeError(`the address ${reading.why}`);
  return reading.sender;
}

/** In the order in which the first that may serve is chosen. */
export async function readSenders(): Promise<Sender[]> {
  await keepConfiguredSender();
  return db().$queryRaw<Sender[]>`select ${columns()} from sender s order by ${inOrder()}`;
}

export async function findSender(id: string): Promise<Sender | Refusal> {
  await keepConfiguredSender();
  const [found] = await db().$queryRaw<Sender[]>`select ${columns()} from sender s where s.id = ${id}::uuid`;
  return found ?? NOTHING;
}

/** The configured sender has a row as any other, from when senders are first asked for. */
async function keepConfiguredSender(): Promise<void> {
  const at = now();
  await db().$executeRaw`
    insert into sender (id, address, channel, label, active, created_at)
    select ${idAt(at)}::uuid, ${configuredSender()}, 'sms', 'Configured', true, ${at}::timestamptz
    where not exists (select from sender s where s.address = ${configuredSender()} and s.channel = 'sms')
    on conflict (address, channel) do nothing`;
}

/** @returns the new sender; a refusal is `sender_exists` */
export async function addSender(settings: SenderSettings, author: string): Promise<Sender | Refusal> {
  const at = now();
  const address = addressIn(settings);
  const { channel, label, countries, currency, contentSid, active } = settings;
  await keepConfiguredSender();
  try {
    const [added] = await db().$queryRaw<[Sender]>`
      with s as (
        insert into sender (id, address, channel, label, countries, currency, content_sid, active, created_at)
        values (${idAt(at)}::uuid, ${address}, ${channel}::channel, ${label}, ${countries}::char(2)[], ${currency}::char(3), ${contentSid},
          ${active}::boolean, ${at}::timestamptz)
        returning *
      ), written as (
        insert into sender_change (id, sender_id, at, author, after)
        select ${idAt(at)}::uuid, s.id, s.created_at, ${author}, ${AS_JSON} from s
      )
      select ${columns()} from s`;
    return added;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return refusal("sender_exists", { detail: "There is a sender with this address and channel." });
  }
}

/**
 * Changes all of a sender but its address and channel, which its messages are known by. What is so already is no change.
 *
 * @returns how it is now; a refusal is `not_found`, also of one with another address or channel
 */
export async function changeSender(
  id: string,
  settings: SenderSettings,
  author: string,
): Promise<Sender | Refusal> {
  const at = now();
  const address = addressIn(settings);
  const { channel, label, countries, currency, contentSid, active } = settings;
  const [changed] = await db().$queryRaw<Sender[]>`
    with was as materialized (
      select * from sender where id = ${id}::uuid and address = ${address} and channel = ${channel}::channel for no key update
    ), s as (
      update sender s set label = ${label}, countries = ${countries}::char(2)[], currency = ${currency}::char(3), content_sid = ${contentSid},
        active = ${active}::boolean
      from was where s.id = was.id
      returning s.*
    ), written as (
      insert into sender_change (id, sender_id, at, author, before, after)
      select ${idAt(at)}::uuid, s.id, ${at}::timestamptz, ${author}, b.before, a.after
      from s, lateral (select ${AS_JSON} as after) a, lateral (select ${AS_JSON} as before from was s) b
      where a.after <> b.before
    )
    select ${columns()} from s`;
  return changed ?? NOTHING;
}

/** @returns a refusal, `not_found` or `sender_configured`; null when it is gone */
export async function removeSender(id: string, author: string): Promise<Refusal | null> {
  const found = await findSender(id);
  if ("outcome" in found) return found;
  if (found.configured) {
    return refusal("sender_configured", {
      detail: "This sender is in the configuration. Switch it off instead, or change TWILIO_FROM.",
    });
  }
  const at = now();
  await db().$executeRaw`
    with s as (delete from sender where id = ${id}::uuid returning *)
    insert into sender_change (id, sender_id, at, author, before)
    select ${idAt(at)}::uuid, s.id, ${at}::timestamptz, ${author}, ${AS_JSON} from s`;
  return null;
}

const MOST_CHANGES = 200;

/** The newest 200, the newest first. */
export function readSenderChanges(): Promise<SenderChange[]> {
  return db().$queryRaw<SenderChange[]>`
    select id, sender_id as "senderId", at, author, before, after from sender_change
    order by at desc, id desc limit ${MOST_CHANGES}::int`;
}
