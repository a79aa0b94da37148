/** Findings, as incidents. */
import { now, secondsAfter } from "../../clock";
import { readAlerts, type Alert } from "../../insights/reports/alerts";
import { DAY_SECONDS } from "../../terms/durations";
import type { Severity } from "../../terms/events";
import { tableOf } from "../../terms/names";
import { clear, openIncidents, raise } from "../incidents";
import type { Said } from "../said";
import { dollars, momentWords, numberWords, percentWords, placeName } from "../words";

/** A fall of so much, of 1, is a step: that is how far conversion has to fall to be a finding, and to be told of again. */
const STEP = 0.15;

/** A finding is critical where conversion is under half of what it usually is, or so many sign-ins are lost. */
const HALF = 0.5;
const MANY_LOST = 100;

/** Opens, raises and clears the incidents of findings. */
export async function watchFindings(): Promise<void> {
  const at = now();
  const range = { from: secondsAfter(at, -DAY_SECONDS), to: at, tz: "UTC" };
  const { rows } = await readAlerts({ range, filters: {}, compare: "none" });
  for (const finding of rows) {
    if (!finding.open) continue;
    const level = Math.max(1, Math.floor((finding.size ?? 0) / STEP));
    await raise({
      ...about(finding),
      level,
      severity: severityOf(finding),
      isAcknowledged: finding.acknowledgedAt !== null,
      said: saidOf(finding),
    });
  }
  const byId = new Map(rows.map((finding) => [finding.id, finding]));
  for (const incident of await openIncidents("finding")) {
    const finding = byId.get(incident.subject);
    if (!finding?.open) await clear(incident, finding ? saidAtEnd(finding) : GONE);
  }
}

const about = ({ id }: Alert) => ({ kind: "finding" as const, subject: id });

function severityOf({ conversion, baseline, lost }: Alert): Severity {
  return (conversion ?? 0) < HALF * baseline || (lost ?? 0) >= MANY_LOST ? "critical" : "warning";
}

function saidOf(finding: Alert): Said {
  const {
    country,
    network,
    since,
    baseline,
    conversion,
    conversionLow,
    conversionHigh,
    attempted,
    confirmed,
  } = finding;
  const interval = `${percentWords(conversionLow)} to ${percentWords(conversionHigh)}`;
  return {
    title: `${placeName(country, network)}: conversion fell from ${percentWords(baseline)} to ${percentWords(conversion)}`,
    text: `Since ${momentWords(since)} ${numberWords(confirmed)} of ${numberWords(attempted)} messages were confirmed in time: ${percentWords(conversion)} (${interval}) where ${percentWords(baseline)} is usual. ${costWords(finding)}`,
    path: pathOf(finding),
    data: dataOf(finding),
  };
}

function saidAtEnd(finding: Alert): Said {
  const { country, network, since, until } = finding;
  const stretch = `from ${momentWords(since)} to ${until ? momentWords(until) : "now"}`;
  return {
    title: `${placeName(country, network)}: conversion is back`,
    text: `It was low ${stretch}. ${costWords(finding)}`,
    path: pathOf(finding),
    data: dataOf(finding),
  };
}

/** Where it ended so long ago that no report has it at hand: nobody watched meanwhile. */
const GONE: Said = {
  title: "A finding is over",
  text: "It ended more than a day ago, while nobody watched.",
  path: "/",
  data: {},
};

function costWords({ lost, wasted }: Alert): string {
  const sentences = [
    lost !== null && lost >= 1 ? `About ${numberWords(lost)} sign-ins were lost.` : "",
    wasted !== null && wasted > 0 ? `${dollars(wasted)} went on messages that nobody confirmed.` : "",
  ];
  return sentences.filter(Boolean).join(" ");
}

const pathOf = ({ country }: Alert) => `/destinations/${country}`;

const TOLD = [
  "country",
  "network",
  "since",
  "until",
  "baseline",
  "attempted",
  "confirmed",
  "conversion",
  "lost",
  "wasted",
] as const;

function dataOf(finding: Alert) {
  return { finding: finding.id, ...tableOf(TOLD, (name) => finding[name]) };
}
