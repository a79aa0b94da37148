import { countryName, formatCount, formatRoundRate } from "../ui/format";
import { TextLink } from "../ui/text-link";
import type { Rate } from "@/lib/insights/metrics";

interface MatchingSentenceProps {
  messages: number;
  destinations: number;
  /** Where most went. */
  most: readonly { country: string; share: Rate; href: string }[];
}

/** What there is of a view that is filtered by what became of messages: how many, and where they went. */
export function MatchingSentence({ messages, destinations, most }: MatchingSentenceProps) {
  return (
    <section aria-label="What is going on" className="flex flex-col gap-2">
      <p className="max-w-[64rem] text-16 sm:text-20">
        <strong className="font-semibold">
          {formatCount(messages)} {messages === 1 ? "message matches" : "messages match"} the filters
        </strong>
        {destinations > 1 && `, to ${formatCount(destinations)} destinations`}:{" "}
        {most.map(({ country, share, href }, i) => (
          <span key={country}>
            {i > 0 && (i === most.length - 1 ? " and " : ", ")}
            {formatRoundRate(share)} to <TextLink href={href}>{countryName(country)}</TextLink>
          </span>
        ))}
        .
      </p>
      <p className="max-w-[64rem] text-13 text-ink-soft">
        They were chosen by what became of them, so their conversion says nothing of a destination, and no
        findings are shown.
      </p>
    </section>
  );
}
