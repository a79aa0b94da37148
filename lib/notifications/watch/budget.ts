/**
 * Budgets, as an incident of each, told before they are used up: the ceiling on all messages, by its shares, and what the rules about spending allow.
 *
 * Each level is told once in the window that it is of: what a budget has room for again is no news before that.
 */
import { now, secondsAfter } from "../../clock";
import { db } from "../../db";
import { messagesInAll } from "../../protection/quota";
import { DAY_SECONDS, HOUR_SECONDS } from "../../terms/durations";
import type { RuleMode } from "../../terms/rules";
import { clear, openIncidents, raise } from "../incidents";
import type { Said } from "../said";
import { dollars, numberWords, percentWords } from "../words";

/** What is told of; it is over when less than the last is used. */
const LEVELS = [0.5, 0.8, 1] as const;
const OVER = 0.4;

interface Budget {
  /** Of its incident. */
  subject: string;
  /** The part of it that is used; 1 where the next message is refused, or would be. */
  used: number;
  /** What it is of, in seconds. */
  window: number;
  /** When somebody changed it: what was told before was of another budget. */
  changedAt: Date | null;
  /** As it begins a sentence, and stands in one. */
  names: readonly [beginning: string, within: string];
  /** Who has it; null where everybody has. */
  whose: string | null;
  text: string;
  path: string;
  data: Said["data"];
}

export async function watchBudget(): Promise<void> {
  const budgets = [...(await readCeiling()), ...(await readSpending())];
  for (const budget of budgets) await watch(budget);
  const watched = new Set(budgets.map(({ subject }) => subject));
  for (const incident of await openIncidents("budget")) {
    if (!watched.has(incident.subject)) await clear(incident, TAKEN_AWAY);
  }
}

async function watch(budget: Budget): Promise<void> {
  const { subject, used, window, changedAt, names, whose, text, path, data } = budget;
  const level = LEVELS.filter((least) => used >= least).length;
  const incident = { kind: "budget", subject } as const;
  const [beginning, within] = names;
  if (level > 0) {
    const all = level === LEVELS.length;
    await raise({
      ...incident,
      level,
      severity: all ? "critical" : "warning",
      said: {
        title: all
          ? `${beginning} is used up${whose === null ? "" : ` by ${whose}`}`
          : `${percentWords(LEVELS[level - 1] ?? used)} of ${within} is used${whose === null ? "" : ` by ${whose}`}`,
        text,
        path,
        data,
      },
    });
  } else if (used < OVER) {
    const windowAgo = secondsAfter(now(), -window);
    const unchangedSince = changedAt !== null && changedAt > windowAgo ? changedAt : windowAgo;
    const said = {
      title: `${beginning} has room again${whose === null ? "" : ` for ${whose}`}`,
      text: `${percentWords(used)} of it is used.`,
      path,
      data,
    };
    await clear(incident, said, unchangedSince);
  }
}

const TAKEN_AWAY: Said = {
  title: "A budget is not watched any more",
  text: "Its setting or its rule was switched off.",
  path: "/protection",
  data: {},
};

const WHOSE = {
  unknown: "unknown askers",
  known: "known browsers and notices",
  answers: "answers to texts",
} as const;

/** The shares of `MAX_MESSAGES_PER_HOUR`; none where it is not set. */
async function readCeiling(): Promise<Budget[]> {
  const shares = messagesInAll();
  if (!shares) return [];
  return Promise.all(
    (["unknown", "known", "answers"] as const).map(async (share) => {
      const { name, burst, everySeconds } = shares[share];
      const used = await usedOf(name, burst * everySeconds, everySeconds);
      return {
        subject: share,
        used,
        window: HOUR_SECONDS,
        changedAt: null,
        names: ["MAX_MESSAGES_PER_HOUR", "MAX_MESSAGES_PER_HOUR"] as const,
        whose: WHOSE[share],
        text: `${numberWords(burst)} messages an hour are the ceiling of this share. What is more is refused, and told when to try again.`,
        path: "/",
        data: { share, used, perHour: burst },
      };
    }),
  );
}

/** The part of a bucket that is used: 1 where the next is refused. */
async function usedOf(name: string, seconds: number, everySeconds: number): Promise<number> {
  const [row] = await db().$queryRaw<{ ahead: number }[]>`
    select extract(epoch from tat - ${now()}::timestamptz)::float8 as ahead from quota where name = ${name} and subject = 'all'`;
  const ahead = row?.ahead ?? 0;
  return ahead > seconds - everySeconds ? 1 : Math.max(0, ahead / seconds);
}

/** A message that a rule refused, or would have, is looked for over so long. */
const REFUSED_SECONDS = 60;

interface Spending {
  rule: "spend_hour" | "spend_day";
  mode: Exclude<RuleMode, "off">;
  threshold: number;
  changedAt: Date | null;
  spent: number;
  /** Whether a message was too dear for what is left. */
  refused: boolean;
}

const SPENDING = {
  spend_hour: {
    window: HOUR_SECONDS,
    names: ["The budget of an hour", "the budget of an hour"],
    last: "the last hour",
  },
  spend_day: {
    window: DAY_SECONDS,
    names: ["The budget of a day", "the budget of a day"],
    last: "the last 24 hours",
  },
} as const;

const IN_MODE = {
  enforce: "A message that it has no room for is refused, whoever asks for it.",
  monitor: "The rule only watches: nothing is refused.",
} as const;

/**
 * What the rules about spending allow; none of those that are off.
 *
 * Where a rule refuses, no more than its threshold is ever spent, and mostly a little less: then what was refused says that all is used.
 */
async function readSpending(): Promise<Budget[]> {
  const at = now();
  const rows = await db().$queryRaw<Spending[]>`
    select r.name as rule, r.mode, r.threshold, r.changed_at as "changedAt",
      (case r.name when 'spend_hour' then c.sent_hour else c.sent_day end / 10000.0)::float8 as spent,
      exists (select from decision d where d.at > ${secondsAfter(at, -REFUSED_SECONDS)}::timestamptz and d.at <= ${at}::timestamptz
        and (r.changed_at is null or d.at >= r.changed_at)
        and d.verdict <> 'allowed' and d.fired @> jsonb_build_array(jsonb_build_object('rule', r.name))) as refused
    from rule r left join exposure e on e.scope = 'spend' and e.subject = '' and not e.exempt,
      lateral exposure_counts(e.slots, e.sent, e.confirmed, e.failed, ${at}::timestamptz) c
    where r.name in ('spend_hour', 'spend_day') and r.mode <> 'off'`;
  return rows.map(({ rule, mode, threshold, changedAt, spent, refused }) => {
    const { window, names, last } = SPENDING[rule];
    const used = refused || spent >= threshold ? 1 : spent / threshold;
    return {
      subject: rule,
      used,
      window,
      changedAt,
      names,
      whose: null,
      text: `${dollars(spent)} of ${dollars(threshold)} went on messages in ${last}. ${IN_MODE[mode]}`,
      path: "/protection",
      data: { rule, mode, used, spent, budget: threshold, currency: "USD" },
    };
  });
}
