/** Marks on the time axis, as a page shows them. */
import { cache } from "react";
import { AnnotationList } from "@/components/charts/annotation-list";
import type { SeriesNote } from "@/components/charts/series";
import { inZone } from "@/components/charts/times";
import { AnnotationForm } from "@/components/dashboard/annotation-form";
import { dateIn, timeIn } from "@/components/dashboard/view-bar/range-words";
import { countryName } from "@/components/ui/format";
import { isOperator } from "@/lib/account/access";
import { readAnnotations } from "@/lib/annotations";
import { currentViewer } from "@/app/cookies/session";
import { markMoment, unmarkMoment } from "../annotations/actions";
import type { View } from "../view";

/** Those of a view's time, and of its countries where it has some. */
export const notesOf = cache(async ({ query }: View): Promise<SeriesNote[]> => {
  const { from, to, tz } = query.range;
  const countries = query.filters.country?.in ?? [];
  const rows = await readAnnotations({ from, to, countries: countries.length > 0 ? countries : undefined });
  return rows.map(({ id, at, text, country }, i) => ({
    id,
    at: at.getTime(),
    number: i + 1,
    when: inZone(at, tz, "moment"),
    text: country === null || countries.length === 1 ? text : `${text} (${countryName(country)})`,
  }));
});

interface AnnotationsProps {
  view: View;
  notes: readonly SeriesNote[];
  /** Of the chart they are of. */
  id: string;
}

/** What is marked in a chart; and for operators the ways to mark and to unmark. */
export async function Annotations({ view, notes, id }: AnnotationsProps) {
  if (!isOperator(await currentViewer())) return <AnnotationList notes={notes} />;
  const { range, filters } = view.query;
  const [only, ...others] = filters.country?.in ?? [];
  const then = range.to < view.at ? range.from : view.at;
  return (
    <AnnotationList
      notes={notes}
      remove={unmarkMoment}
      form={
        <AnnotationForm
          action={markMoment}
          id={id}
          tz={range.tz}
          when={`${dateIn(range.tz, then)}T${timeIn(range.tz, then)}`}
          country={only !== undefined && others.length === 0 ? only : null}
        />
      }
    />
  );
}
