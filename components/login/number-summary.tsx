import { countryName } from "../ui/format";
import { Flag } from "../ui/flag";
import { formatNumber } from "../ui/phone-number";
import { TextLink } from "../ui/text-link";

interface NumberSummaryProps {
  number: string;
  country: string;
  /** Where the number is changed. */
  changeAt?: string;
}

/** The number a code went to, and the way back to it. */
export function NumberSummary({ number, country, changeAt = "/login?step=number" }: NumberSummaryProps) {
  return (
    <div className="flex items-center gap-3 border-y border-line py-3">
      <Flag country={country} />
      <dl className="grow">
        <dt className="text-13 text-ink-soft">
          Mobile number <span className="sr-only">in {countryName(country)}</span>
        </dt>
        <dd className="font-medium">{formatNumber(number)}</dd>
      </dl>
      <TextLink href={changeAt}>
        Change<span className="sr-only"> the number</span>
      </TextLink>
    </div>
  );
}
