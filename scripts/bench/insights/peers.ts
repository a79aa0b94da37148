/** Those we are compared with, each asked for one report. */
import type { Client } from "pg";
import { groupedCounts, groupedWhole, POSTGRES, type Dialect, type Times } from "./group-by";
import type { Figures, Report } from "./reports";

/** A row of a peer's answer: figures are numbers, numbers in a text, bigints or, of percentiles, arrays. */
export type PeerRow = Record<string, unknown> & { key: string };

interface Way {
  name: string;
  answer: (report: Report) => Promise<Figures>;
}

/** Answers in figures, and those of counts only with no more than they need. */
export interface Peer {
  name: string;
  counts: (report: Report) => Promise<Figures>;
  /** The first is the one our figures are compared with; others are further ways to the same. */
  whole: [Way, ...Way[]];
}

export function postgresPeer(client: Client, { from, to, mature }: Record<keyof Times, Date>): Peer {
  const literal = (moment: Date) => `'${moment.toISOString()}'::timestamptz`;
  const times = { from: literal(from), to: literal(to), mature: literal(mature) };
  const ask = async (query: string) => figuresIn((await client.query<PeerRow>(query)).rows);
  const name = "PostgreSQL, GROUP BY";
  return {
    name,
    counts: (report) => ask(groupedCounts(report, POSTGRES, times)),
    whole: [{ name, answer: (report) => ask(groupedWhole(report, POSTGRES, times)) }],
  };
}

interface Spoken {
  name: string;
  dialect: Dialect;
}

/** Makes a peer of something that runs a query. */
export function peerOf(
  name: string,
  ask: (query: string) => Promise<PeerRow[]>,
  [first, ...others]: [Spoken, ...Spoken[]],
  times: Times,
): Peer {
  const way = ({ name, dialect }: Spoken): Way => ({
    name,
    answer: async (report) => figuresIn(await ask(groupedWhole(report, dialect, times))),
  });
  return {
    name,
    counts: async (report) => figuresIn(await ask(groupedCounts(report, first.dialect, times))),
    whole: [way(first), ...others.map(way)],
  };
}

/** Rows as figures under the names that ours have. */
function figuresIn(rows: PeerRow[]): Figures {
  return new Map(
    rows.map(({ key, confirm, delivery, ...figures }): [string, Record<string, number | null>] => {
      const [confirmP50 = null, confirmP90 = null, confirmP99 = null] = listOf(confirm);
      const [deliveryP50 = null, deliveryP95 = null] = listOf(delivery);
      const counts = Object.fromEntries(
        Object.entries(figures).map(([name, value]) => [name, Number(value)]),
      );
      if (confirm === undefined) return [key.trim(), counts];
      const percentiles = { confirmP50, confirmP90, confirmP99, deliveryP50, deliveryP95 };
      return [key.trim(), { ...counts, ...percentiles }];
    }),
  );
}

function listOf(percentiles: unknown): (number | null)[] {
  return Array.isArray(percentiles) ? percentiles.map(Number) : [];
}
