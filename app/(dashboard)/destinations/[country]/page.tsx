import type { Metadata } from "next";
import { Flag } from "@/components/ui/flag";
import { countryName } from "@/components/ui/format";
import { countryOf } from "@/lib/terms/countries";
import { PlaceBadge } from "@/components/ui/place-badge";
import { TextLink } from "@/components/ui/text-link";
import { viewUrl } from "@/components/ui/view-url";
import { dashboardPage } from "../../dashboard-page";
import { Figures } from "../../panels/figures";
import { SoonOrLater } from "../../panels/soon-or-later";
import { destinationStatesOf } from "../../states";
import type { DestinationPanelProps } from "./destination-panel";
import { DestinationPanels } from "./panels";

export async function generateMetadata({ params }: PageProps<"/destinations/[country]">): Promise<Metadata> {
  const { country } = await params;
  const meant = countryOf(country);
  const name = meant === null ? "Not found" : countryName(meant);
  return { title: `${name} · OTP Insights` };
}

export default async function DestinationPage({
  params,
  searchParams,
}: PageProps<"/destinations/[country]">) {
  const { country } = await params;
  const path = `/destinations/${country}`;
  return dashboardPage({
    path,
    searchParams,
    country,
    content: (view, reader) => (
      <>
        <Heading view={view} country={country} />
        <Figures view={view} path={path} country={country}>
          <DestinationPanels view={view} country={country} reader={reader} />
        </Figures>
      </>
    ),
  });
}

function Heading({ view, country }: DestinationPanelProps) {
  return (
    <div>
      <nav aria-label="Breadcrumb" className="text-13 text-ink-soft print:hidden">
        <TextLink href={viewUrl("/", view.params, { sort: null })}>Overview</TextLink>
        <span aria-hidden="true"> › </span>
        {countryName(country)}
      </nav>
      <h1 className="mt-2 flex items-center gap-3 text-28 font-semibold tracking-tight">
        <span className="scale-125 pl-1">
          <Flag country={country} />
        </span>
        {countryName(country)}
        <SoonOrLater asked={destinationStatesOf(view, country)} waiting={null}>
          {(states) => <PlaceBadge line={states({ country })} said className="self-center tracking-normal" />}
        </SoonOrLater>
      </h1>
    </div>
  );
}
