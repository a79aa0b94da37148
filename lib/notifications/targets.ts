/**
 * Targets: who is told of what, and how. Addresses and secrets are sealed in the database: whoever reads it can neither write to them nor
 * sign as we do.
 */
import { randomBytes } from "node:crypto";
import { now, secondsAfter } from "../clock";
import { db } from "../db";
import { idAt } from "../ids";
import { seal, unseal } from "../secrets";
import { DAY_SECONDS } from "../terms/durations";
import { isEventName, type EventName, type Severity, type TargetKind } from "../terms/events";
import { waitsNoLonger, type Sealed } from "./due";

/** Hours of a zone's clock, as in 22:00 to 07:00; across midnight where the end comes first. */
export interface Quiet {
  from: string;
  to: string;
  /** A name of the IANA database. */
  tz: string;
}

export interface TargetSettings {
  kind: TargetKind;
  /** An https URL, or an e-mail address. */
  target: string;
  events: EventName[];
  /** Of what people are told: what is less is not told. */
  minSeverity: Severity;
  quiet: Quiet | null;
}

export interface Target extends TargetSettings {
  id: string;
  createdAt: Date;
  /** How many tries in a row failed. */
  failures: number;
}

/** Bytes of a webhook's secret, as Standard Webhooks asks for: 24 to 64. */
const SECRET_BYTES = 24;

const SECRET_PREFIX = "whsec_";

const newSecret = () => SECRET_PREFIX + randomBytes(SECRET_BYTES).toString("base64");
const sealedSecret = (secret: string) => seal("webhook secret", secret);

/** For so long a webhook's old secret signs beside the new one. */
const BOTH_SIGN_SECONDS = DAY_SECONDS;

/** Where SECRET_KEY has changed since: nothing can be told there until it is given again. */
const SEALED_OTHERWISE = "(sealed with another SECRET_KEY)";

type Row = Awaited<ReturnType<typeof rows>>[number];

function rows(id?: string) {
  return db().notificationTarget.findMany({ where: { id }, orderBy: { createdAt: "asc" } });
}

const clockOf = (time: Date) => time.toISOString().slice(11, 16);

function targetOf({
  id,
  kind,
  address,
  events,
  minSeverity,
  quietFrom,
  quietTo,
  quietZone,
  ...row
}: Row): Target {
  return {
    id,
    kind,
    target: unseal("target", address) ?? SEALED_OTHERWISE,
    events: events.filter(isEventName),
    minSeverity,
    quiet:
      quietFrom && quietTo && quietZone
        ? { from: clockOf(quietFrom), to: clockOf(quietTo), tz: quietZone }
        : null,
    createdAt: row.createdAt,
    failures: row.failures,
  };
}

/** All, the oldest first. */
export async function readTargets(): Promise<Target[]> {
  return (await rows()).map(targetOf);
}

export async function findTarget(id: string): Promise<Target | null> {
  const [row] = await rows(id);
  return row ? targetOf(row) : null;
}

/** @returns as it is kept, for whoever tells it something */
export async function findSealed(id: string): Promise<Sealed | null> {
  const [row] = await rows(id);
  if (!row) return null;
  const { kind, address, secret, previousSecret, previousUntil } = row;
  const bothSign = previousUntil !== null && previousUntil > now();
  return { kind, address, secret, previousSecret: bothSign ? previousSecret : null };
}

/** @returns with the secret that its webhooks are signed with, which nobody is told again; null of other kinds */
export async function addTarget(
  settings: TargetSettings,
): Promise<{ target: Target; secret: string | null }> {
  const createdAt = now();
  const secret = settings.kind === "webhook" ? newSecret() : null;
  const row = await db().notificationTarget.create({
    data: {
      id: idAt(createdAt),
      ...columnsOf(settings),
      secret: secret === null ? null : sealedSecret(secret),
      createdAt,
    },
  });
  return { target: targetOf(row), secret };
}

/**
 * Changes all of it but its kind. What waited for it is tried at once, however long it was to wait.
 *
 * @returns null where there is none of this id and kind
 */
export async function changeTarget(id: string, settings: TargetSettings): Promise<Target | null> {
  const { kind, target, events, minSeverity, quiet } = settings;
  const at = now();
  const changed = await db().$queryRaw<object[]>`
    with changed as (
      update notification_target set address = ${seal("target", target)}, events = ${events}::text[], min_severity = ${minSeverity}::severity,
        quiet_from = ${quiet?.from ?? null}::time, quiet_to = ${quiet?.to ?? null}::time, quiet_zone = ${quiet?.tz ?? null},
        failures = 0, retry_at = null
      where id = ${id}::uuid and kind = ${kind}::target_kind returning id
    ), ${waitsNoLonger(at)}
    select from changed`;
  return changed.length > 0 ? findTarget(id) : null;
}

export interface NewSecret {
  /** Nobody is told it again. */
  secret: string;
  /** Until then webhooks are signed with the one before, too. */
  previousUntil: Date;
}

/**
 * Gives a webhook another secret. For a day both sign, so that its receiver can change when it likes; the one before those signs no more.
 *
 * @returns null where there is no webhook with this id
 */
export async function renewSecret(id: string): Promise<NewSecret | null> {
  const secret = newSecret();
  const previousUntil = secondsAfter(now(), BOTH_SIGN_SECONDS);
  const renewed = await db().$executeRaw`
    update notification_target set previous_secret = secret, previous_until = ${previousUntil}::timestamptz, secret = ${sealedSecret(secret)}
    where id = ${id}::uuid and kind = 'webhook'`;
  return renewed > 0 ? { secret, previousUntil } : null;
}

/** With what waits for it, and its log. @returns whether there was one */
export async function removeTarget(id: string): Promise<boolean> {
  const { count } = await db().notificationTarget.deleteMany({ where: { id } });
  return count > 0;
}

function columnsOf({ kind, target, events, minSeverity, quiet }: TargetSettings) {
  const time = (clock: string | undefined) =>
    clock === undefined ? null : new Date(`1970-01-01T${clock}:00Z`);
  return {
    kind,
    address: seal("target", target),
    events,
    minSeverity,
    quietFrom: time(quiet?.from),
    quietTo: time(quiet?.to),
    quietZone: quiet?.tz ?? null,
  };
}
