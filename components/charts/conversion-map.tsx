"use client";

// Drawn from data on both sides: what React sends of a drawing in pieces would be hidden by a style, which the policy forbids.

import Link from "next/link";
import type { ReactNode } from "react";
import type { FindingKind } from "@/lib/terms/findings";
import { FindingMark } from "../dashboard/finding-mark";
import { FINDINGS } from "@/lib/terms/findings";
import { FindingShape } from "./finding-shape";
import { FILLS, fillOf, LAND, LIMITS } from "./ramp";
import { MAP_HEIGHT, MAP_WIDTH, type MapPlace } from "./world-size";

export interface MapCountry {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Its name and figures: `Indonesia 61.3 %, 276 attempted`. */
  words: string;
  /** Null where too few messages are mature to say. */
  rate: number | null;
  href: string;
  selected: boolean;
  /** Where its dot is, of one too small for an outline. */
  dot: MapPlace | null;
}

export interface MapFinding {
  kind: FindingKind;
  country: string;
  words: string;
  href: string;
  open: boolean;
  place: MapPlace;
}

interface ConversionMapProps {
  countries: readonly MapCountry[];
  findings: readonly MapFinding[];
  /** The outlines without a message. */
  others: readonly string[];
  /** What it shows, for whoever does not see it. */
  label: string;
}

/** The world by conversion: outlines for most, dots for the small. Where is all it answers; the figures are in the table. */
export function ConversionMap({ countries, findings, others, label }: ConversionMapProps) {
  return (
    <div className="relative">
      <a
        href="#after-map"
        className="absolute top-0 left-0 z-10 rounded-6 bg-ink px-3 py-2 text-13 font-medium text-panel not-focus:sr-only"
      >
        Skip the map’s {countries.length} links
      </a>
      <svg
        role="group"
        aria-label={label}
        viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`}
        className="block h-auto w-full print:break-inside-avoid"
      >
        <g className={`${LAND} stroke-panel`} strokeWidth="0.75" aria-hidden="true">
          {others.map((country) => (
            <use key={country} href={`/world.svg#${country}`} />
          ))}
        </g>
        {[...countries].sort(dotsLast).map((each) => (
          <CountryLink key={each.country} {...each}>
            {each.dot ? (
              <circle cx={each.dot.x} cy={each.dot.y} r="6.5" />
            ) : (
              <use href={`/world.svg#${each.country}`} />
            )}
          </CountryLink>
        ))}
        {findings.map(({ kind, country, words, href, open, place }) => (
          <Link key={country} href={href} prefetch={false} aria-label={words}>
            <title>{words}</title>
            <svg x={place.x} y={place.y} className="overflow-visible">
              <FindingShape kind={kind} open={open} scale={2.4} />
            </svg>
          </Link>
        ))}
      </svg>
      <span id="after-map" tabIndex={-1} />
    </div>
  );
}

function dotsLast(a: MapCountry, b: MapCountry): number {
  return Number(a.dot !== null) - Number(b.dot !== null);
}

interface CountryLinkProps extends MapCountry {
  children: ReactNode;
}

function CountryLink({ words, rate, href, selected, dot, children }: CountryLinkProps) {
  const edge = selected
    ? "stroke-ink [stroke-width:2]"
    : `${dot ? "stroke-ink-soft" : "stroke-panel"} hover:stroke-ink focus-visible:stroke-ink hover:[stroke-width:1.5]`;
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-label={selected ? `${words}, selected` : words}
      className={`${rate === null ? LAND : fillOf(rate)} ${edge} [stroke-width:0.75]`}
    >
      <title>{words}</title>
      {children}
    </Link>
  );
}

/**
 * What the map's fills and shapes mean.
 *
 * @param findings of each kind one, open where any of it is
 */
export function MapLegend({ findings }: { findings: readonly { kind: FindingKind; open: boolean }[] }) {
  return (
    <div className="mt-3 flex flex-wrap items-start gap-x-5 gap-y-2 text-12 text-ink-soft">
      <svg width="198" height="28" role="img" aria-label={`Steps of conversion at ${limitsInWords()}`}>
        {FILLS.map((fill, i) => (
          <rect key={fill} x={i * 33} width="33" height="10" className={fill} />
        ))}
        {LIMITS.map((limit, i) => (
          <text key={limit} x={(i + 1) * 33} y="24" textAnchor="middle" className="fill-ink-soft text-12">
            {Math.round(limit * 100)}
            {i === LIMITS.length - 1 && "\u00a0%"}
          </text>
        ))}
      </svg>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="12" height="12">
            <circle cx="6" cy="6" r="4" className={`${FILLS[3]} stroke-ink-soft`} />
          </svg>
          Small country
        </li>
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="12" height="12">
            <rect width="12" height="12" className={`${LAND} stroke-line`} />
          </svg>
          None or too few
        </li>
        {findings.map(({ kind, open }) => (
          <li key={kind} className="flex items-center gap-1.5">
            <FindingMark kind={kind} open={open} /> {FINDINGS[kind].noun}
          </li>
        ))}
      </ul>
    </div>
  );
}

function limitsInWords(): string {
  return `${LIMITS.map((limit) => Math.round(limit * 100)).join(", ")} %`;
}
