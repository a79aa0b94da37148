import { Panel } from "@/components/dashboard/panel";
import { RateRows } from "@/components/destination/rate-rows";
import type { RateRow } from "@/components/destination/rate-row";
import { languageWords, senderWords } from "@/components/ui/sent-words";
import { apiUrl, onlyAndWithout, toggled, valuesOf, viewUrl } from "@/components/ui/view-url";
import { sentOf } from "../../reports";
import type { DestinationPanelProps } from "./destination-panel";
import { figuresOf } from "./row-figures";

const WORDS = {
  sender: { id: "senders", title: "Senders", head: "Sender", one: "sender", name: senderWords },
  locale: { id: "languages", title: "Languages", head: "Language", one: "language", name: languageWords },
} as const;

/** A destination by what its messages were sent from, or the language they are written in; each a filter for the whole page. */
export async function SentPanel({ view, country, by }: DestinationPanelProps & { by: keyof typeof WORDS }) {
  const { rows } = await sentOf(view, country, by);
  const { id, title, head, one, name } = WORDS[by];
  const { params } = view;
  const path = `/destinations/${country}`;
  const chosen = valuesOf(params, by);
  const lines = rows.map((row): RateRow => {
    const value = row[by] ?? "unknown";
    return {
      id: value,
      title: name(value),
      name: name(value),
      href: viewUrl(path, params, toggled(params, by, value)),
      ...onlyAndWithout(path, params, by, value),
      action: chosen.includes(value) ? "take this filter out" : `show only this ${one}`,
      ...figuresOf(row),
    };
  });
  return (
    <Panel
      id={id}
      title={title}
      note={chosen.length > 0 ? "filtered" : `${rows.length}`}
      api={apiUrl("destinations", params, { change: { country, by } })}
      flush
    >
      <RateRows label={title} head={head} rows={lines} />
    </Panel>
  );
}
