/** Figures as text. */
import { DAY, HOUR, MINUTE } from "@/lib/terms/durations";
import { namesOf } from "@/lib/terms/names";
import { timesOf } from "../support/measure";
import { duration, spread, table, times } from "../support/table";
import type { Cost } from "./cost";
import type { AttackFigures, Figures } from "./figures";
import type { Found } from "./search";

const count = (n: number) => n.toLocaleString("en");
const dollars = (sum: number) => `$${sum.toLocaleString("en", { maximumFractionDigits: sum < 100 ? 2 : 0 })}`;

export function attacksText(all: readonly Figures[]): string {
  const head = [
    "",
    "asked",
    "sent",
    "until found",
    "until stopped",
    "spent until then",
    "spent in all",
    "stated bound",
    "honest asked",
    "refused",
    "first raised",
  ];
  const rows = all.flatMap((figures) =>
    figures.attack ? [[figures.name, ...attackCells(figures.attack), ...honestCells(figures)]] : [],
  );
  return rows.length ? `Attacks:\n\n${table([head, ...rows])}` : "";
}

function attackCells(attack: AttackFigures): string[] {
  const { asked, sent, untilFound, untilStopped, spentUntilStopped, spent, bound } = attack;
  return [
    count(asked),
    count(sent),
    untilFound === null ? "never" : count(untilFound),
    untilStopped === null ? "never" : count(untilStopped),
    dollars(spentUntilStopped),
    dollars(spent),
    bound === null ? "–" : dollars(bound),
  ];
}

export function honestText(all: readonly Figures[]): string {
  const honest = all.filter(({ attack }) => !attack);
  const tables = [
    ["Honest people", honest.filter(({ likeAttack }) => !likeAttack)],
    ["Honest people whom nothing tells from an attack", honest.filter(({ likeAttack }) => likeAttack)],
  ] as const;
  return tables
    .filter(([, some]) => some.length > 0)
    .map(([title, some]) => {
      const rows = some.map((figures) => [figures.name, ...honestCells(figures)]);
      return `${title}:\n\n${table([["", "honest asked", "refused", "first raised"], ...rows])}`;
    })
    .join("\n\n");
}

function honestCells({ honest, raised }: Figures): string[] {
  const first = raised.find(({ after }) => after >= 0);
  return [count(honest.asked), count(honest.refused), first ? `after ${lengthOf(first.after)}` : "nothing"];
}

/** What was raised, and why honest people were refused, scenario by scenario. */
export function detailText(all: readonly Figures[]): string {
  return all
    .map(({ name, about, raised, honest }) => {
      const lines = [
        ...raised.map(({ kind, title, after }) => `  ${whenOf(after)}: ${title} (${kind})`),
        ...Object.entries(honest.why).map(([why, times]) => `  refused ${count(times)} ×: ${why}`),
        ...(honest.unconfirmed > 0
          ? [`  ${count(honest.unconfirmed)} right codes of honest people were not taken`]
          : []),
      ];
      return [`${name}: ${about}`, ...(lines.length ? lines : ["  nothing raised, nobody refused"])].join(
        "\n",
      );
    })
    .join("\n\n");
}

/** What is to hold, and whether it does. */
export function verdictText(all: readonly Figures[]): string {
  const attacks = all.flatMap(({ name, attack }) => (attack ? [{ name, attack }] : []));
  const notStopped = attacks.filter(({ attack }) => (attack.untilStopped ?? Infinity) > 100);
  const unstated = attacks.filter(({ attack }) => attack.bound === null);
  const overBound = attacks.filter(({ attack }) => attack.bound !== null && attack.spent > attack.bound);
  const honestAlone = all.filter(({ attack, likeAttack }) => !attack && !likeAttack);
  const refused = honestAlone.filter(({ honest }) => honest.refused > 0);
  const names = (some: readonly { name: string }[]) => some.map(({ name }) => name).join(", ");
  return [
    ...(notStopped.length ? [`Not stopped within 100 messages: ${names(notStopped)}.`] : []),
    ...(unstated.length ? [`No bound was stated: ${names(unstated)}.`] : []),
    ...(overBound.length ? [`More was spent than the stated bound: ${names(overBound)}.`] : []),
    ...(refused.length ? [`Honest people were refused: ${names(refused)}.`] : []),
    ...(attacks.length > 0 && notStopped.length + unstated.length + overBound.length === 0
      ? ["Every attack was stopped within 100 messages and the stated bound."]
      : []),
    ...(honestAlone.length > 0 && refused.length === 0 ? ["No honest scenario had anybody refused."] : []),
  ].join("\n");
}

/** How near the worst of many attacks came to the bound. */
export function searchText({ programmes, over, worst }: Found): string {
  const { spent, bound, attack } = worst;
  const measures = namesOf(attack).map((name) => `${name} ${Number(attack[name].toPrecision(3))}`);
  return [
    `${count(programmes)} attacks: ${over === 0 ? "none" : count(over)} spent more than the stated bound.`,
    `The worst spent ${dollars(spent)} of ${dollars(bound)}, ${Math.round((100 * spent) / bound)} %: ${measures.join(", ")}.`,
  ].join("\n");
}

/** Milliseconds of a start, and how many times that of one without; medians of the rounds and of the pairs. */
export function costText(costs: readonly Cost[]): string {
  const rows = costs.map(({ at, with: all, without }) => {
    const ratios = timesOf(all.map((each, i) => each / (without[i] ?? Number.NaN)));
    const [one, other] = [timesOf(all), timesOf(without)];
    return [
      `start, ${at} at once`,
      duration(one.median),
      spread(one),
      duration(other.median),
      spread(other),
      times(ratios.median),
    ];
  });
  return table([["", "with", "", "without", "", "ratio"], ...rows]);
}

function whenOf(after: number): string {
  return after < 0 ? `${lengthOf(-after)} before` : `after ${lengthOf(after)}`;
}

function lengthOf(milliseconds: number): string {
  if (milliseconds >= 2 * DAY) return `${(milliseconds / DAY).toFixed(1)} days`;
  if (milliseconds >= 2 * HOUR) return `${(milliseconds / HOUR).toFixed(1)} h`;
  return `${Math.round(milliseconds / MINUTE)} min`;
}
