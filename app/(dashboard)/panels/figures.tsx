import type { ReactNode } from "react";
import { Empty } from "@/components/dashboard/empty";
import { activeFilters, withoutFilters } from "@/components/dashboard/view-bar/filters";
import { rangePhrase } from "@/components/dashboard/view-bar/range-words";
import { countryName } from "@/components/ui/format";
import { viewUrl } from "@/components/ui/view-url";
import { env, simulated } from "@/lib/env";
import { isSetUp, setupSteps } from "@/lib/setup/steps";
import { isEmpty } from "../reports";
import type { View } from "../view";
import { SetupProgress } from "./setup-progress";
import { SoonOrLater } from "./soon-or-later";

interface EmptyViewProps {
  view: View;
  path: string;
  /** Of a page that is of one. */
  country?: string;
}

/** A page's figures, or what there is to be said of all of them: that there are none. */
export function Figures({ children, ...page }: EmptyViewProps & { children: ReactNode }) {
  const { view } = page;
  return (
    <SoonOrLater asked={isEmpty(view)}>{(empty) => (empty ? <EmptyView {...page} /> : children)}</SoonOrLater>
  );
}

function EmptyView({ view: { params, query, rangeName }, path, country }: EmptyViewProps) {
  const range = rangePhrase(query.range, rangeName);
  const filtered = activeFilters(params).length > 0;
  return (
    <Empty
      range={country === undefined ? range : `to ${countryName(country)} ${range}`}
      withoutFilters={filtered ? viewUrl(path, params, withoutFilters(params)) : null}
      wider={rangeName === "90d" ? null : viewUrl(path, params, { range: "90d", from: null, to: null })}
      baseUrl={env().PUBLIC_BASE_URL}
      withPhone={simulated()}
      checklist={
        <SoonOrLater asked={checklist()} waiting={null}>
          {(found) => found}
        </SoonOrLater>
      }
    />
  );
}

/** What the set-up still lacks; nothing once it has shown that it works. */
async function checklist(): Promise<ReactNode> {
  const steps = await setupSteps();
  return isSetUp(steps) ? null : <SetupProgress steps={steps} />;
}
