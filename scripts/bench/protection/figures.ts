/** What a scenario comes to, in figures. */
import type { Client } from "pg";
import { DAY } from "@/lib/terms/durations";
import { boundOf } from "./exposure";
import type { Course, Played } from "./play";
import { BEGINNING, type Programme, type Scenario } from "./programme";

/** An incident that was opened while the scenario was played. */
export interface Raised {
  kind: string;
  title: string;
  /** In milliseconds from when the scenario's matter began; below 0 it has nothing to do with it. */
  after: number;
}

/** What became of an attack. */
export interface AttackFigures {
  asked: number;
  sent: number;
  /** Messages sent until one was refused; null where none was. */
  untilFound: number | null;
  /** Messages sent until nothing went through any more; null where something always did. */
  untilStopped: number | null;
  /** In US dollars: until it was stopped, and in all. */
  spentUntilStopped: number;
  spent: number;
  /** What was said before that can be lost, in US dollars over the days that the attack lasts; null where nothing was. */
  bound: number | null;
}

/** Honest people's requests: the scenario's own, and the ordinary ones. */
interface HonestFigures {
  asked: number;
  refused: number;
  /** Right codes that were not taken. */
  unconfirmed: number;
  /** How often, by problem and by what was said of it. */
  why: Record<string, number>;
}

export interface Figures {
  name: string;
  about: string;
  attack: AttackFigures | null;
  likeAttack: boolean;
  honest: HonestFigures;
  raised: Raised[];
}

/** So many in a row are refused, and the attack counts as stopped: fewer could be chance. */
const STOPPED = 20;

/** Refusals that nobody at a person's pace meets with: they are of the pace, not of the destination. */
const OF_PACE = new Set(["resend_too_soon"]);

export function figuresOf(
  { name, about, target, likeAttack = false }: Omit<Scenario, "programme"> & { name: string },
  programme: Programme,
  course: Course,
  raised: Raised[],
): Figures {
  const attack = course.played.filter(({ part }) => part === "attack");
  const honest = course.played.filter(({ part }) => part !== "attack");
  const refused = honest.flatMap((each) =>
    each.refused && !OF_PACE.has(each.refused.code) ? [each.refused] : [],
  );
  const why: Record<string, number> = {};
  for (const { code, detail } of refused) {
    // Without its figures, which differ each time.
    const words = `${code}: ${detail.replace(/\d+ s/, "… s")}`;
    why[words] = (why[words] ?? 0) + 1;
  }
  const bound = boundOf(course.exposure, target);
  return {
    name,
    about,
    likeAttack,
    attack: attack.length ? attackFigures(attack, bound === null ? null : bound * daysOf(attack)) : null,
    honest: { asked: honest.length, refused: refused.length, unconfirmed: course.unconfirmed, why },
    raised: raised.map((each) => ({ ...each, after: each.after - programme.begins })),
  };
}

function attackFigures(played: readonly Played[], bound: number | null): AttackFigures {
  const cost = (some: readonly Played[]) => some.reduce((sum, each) => sum + (each.cost ?? 0), 0);
  const sent = (some: readonly Played[]) => some.filter((each) => each.cost !== null).length;
  const found = played.findIndex(({ refused }) => refused !== null);
  const stopped = played.findIndex((_, i) => {
    const next = played.slice(i, i + STOPPED);
    return next.length === STOPPED && next.every(({ refused }) => refused !== null);
  });
  const before = stopped === -1 ? played : played.slice(0, stopped);
  return {
    asked: played.length,
    sent: sent(played),
    untilFound: found === -1 ? null : sent(played.slice(0, found)),
    untilStopped: stopped === -1 ? null : sent(before),
    spentUntilStopped: cost(before),
    spent: cost(played),
    bound,
  };
}

/** Begun days: what can be lost in one can be lost in each. */
function daysOf(played: readonly Played[]): number {
  const [first, last] = [played[0]?.at ?? 0, played.at(-1)?.at ?? 0];
  return Math.max(1, Math.ceil((last - first) / DAY));
}

/** What was raised since the beginning, in the order of time. */
export async function readRaised(client: Client): Promise<Raised[]> {
  const { rows } = await client.query<{ kind: string; title: string | null; at: Date }>(
    `SELECT kind, said->>'title' AS title, opened_at AS at FROM incident WHERE opened_at >= $1 ORDER BY opened_at, kind`,
    [new Date(BEGINNING)],
  );
  return rows.map(({ kind, title, at }) => ({ kind, title: title ?? kind, after: at.getTime() - BEGINNING }));
}
