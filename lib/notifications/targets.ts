/**
 * Targets: who is told of what, and how. Addresses and secrets are sealed in the database: whoever reads it can neither write to them nor
 * sign as we do.
 */
import { randomBytes } from "node:crypto";
import { now } from "../clock";
import { db } from "../db";
import { idAt } from "../ids";
import { seal, unseal } from "../secrets";
import { isEventName, type EventName, type Severity, type TargetKind } from "../terms/events";

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

/** How a target is kept. */
export interface Sealed {
  kind: TargetKind;
  address: string;
  secret: string | null;
}

/** @returns as it is kept, for whoever tells it something */
export async function findSealed(id: string): Promise<Sealed | null> {
  const [row] = await rows(id);
  return row ? { kind: row.kind, address: row.address, secret: row.secret } : null;
}

/** @returns with the secret that its webhooks are signed with, which nobody is told again; null of other kinds */
export async function addTarget(
  settings: TargetSettings,
): Promise<{ target: Target; secret: string | null }> {
  const createdAt = now();
  const secret =
    settings.kind === "webhook" ? SECRET_PREFIX + randomBytes(SECRET_BYTES).toString("base64") : null;
  const row = await db().notificationTarget.create({
    data: {
      id: idAt(createdAt),
      ...columnsOf(settings),
      secret: secret === null ? null : seal("webhook secret", secret),
      createdAt,
    },
  });
  return { target: targetOf(row), secret };
}

/** Changes all of it but its kind; what waited for it is tried at once. @returns null where there is none of this id and kind */
export async function changeTarget(id: string, settings: TargetSettings): Promise<Target | null> {
  const { count } = await db().notificationTarget.updateMany({
    where: { id, kind: settings.kind },
    data: { ...columnsOf(settings), failures: 0, retryAt: null },
  });
  return count > 0 ? findTarget(id) : null;
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
