import { countryName, formatCount } from "../../ui/format";
import { roundedLoss } from "../finding-figures";
import { Unbroken } from "../unbroken";
import { Figure } from "./figure";

/** A destination whose conversion is lower than before by more than chance explains. */
export interface Fall {
  country: string;
  /** Of 1. */
  points: number;
  lost: number;
  href: string;
}

/** Destinations with enough messages for a rate and without a finding, by how they did against the range compared with. */
export interface Movements {
  /** Beyond noise, most sign-ins lost first. */
  falls: readonly Fall[];
  /** How many rose beyond noise, how many did neither, and how many there is nothing to compare with. */
  rises: number;
  within: number;
  uncompared: number;
}

/** More are in the table. */
const MOST_FALLS = 3;

/** `United Kingdom is 19.8 points under the 24 hours before, about 91 sign-ins fewer; …` */
export function Falls({ falls, before }: { falls: readonly Fall[]; before: string }) {
  const shown = falls.slice(0, MOST_FALLS);
  return (
    <>
      {shown.map(({ country, points, lost, href }, i) => (
        <span key={country}>
          {i > 0 && "; "}
          <Figure href={href}>{countryName(country)}</Figure>
          {i === 0 && " is"} {(points * 100).toFixed(1)} points
          {i === 0 && ` under ${before}`}
          {lost >= 1 && (
            <Unbroken>
              {`, about ${formatCount(roundedLoss(lost))} ${lost < 1.5 ? "sign-in" : "sign-ins"} fewer`}
            </Unbroken>
          )}
        </span>
      ))}
      {falls.length > shown.length && `; and ${formatCount(falls.length - shown.length)} more are under it`}
    </>
  );
}

/** `59 destinations are within their usual range, 3 are above it, 58 have too few messages to say.` */
export function othersWords(
  { rises, within, uncompared }: Movements,
  lowSamples: number,
  others: boolean,
): string | null {
  // Whatever comes first says what is counted.
  const first = (count: number) => (within + rises > 0 ? formatCount(count) : counted(count, others));
  const parts = [
    within > 0 &&
      `${counted(within, others)} ${within === 1 ? "is within its" : "are within their"} usual range`,
    rises > 0 &&
      `${within > 0 ? formatCount(rises) : counted(rises, others)} ${rises === 1 ? "is" : "are"} above it`,
    uncompared > 0 && `${first(uncompared)} ${uncompared === 1 ? "has" : "have"} nothing to be compared with`,
    lowSamples > 0 &&
      `${uncompared > 0 ? formatCount(lowSamples) : first(lowSamples)} ${lowSamples === 1 ? "has" : "have"} too few messages to say`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : `${parts.join(", ")}.`;
}

function counted(count: number, others: boolean): string {
  if (others) return `${formatCount(count)} ${count === 1 ? "other destination" : "other destinations"}`;
  return `${formatCount(count)} ${count === 1 ? "destination" : "destinations"}`;
}
