import { namesOf } from "@/lib/terms/names";
import type { Compare, RangeName } from "@/lib/terms/ranges";
import type { Range } from "@/lib/insights/asking/range";
import { Icon } from "../../ui/icon";
import type { ViewParams } from "../../ui/view-url";
import { Choice, hereUrl } from "./links";
import { Menu } from "./menu";
import { compareWords } from "./range-words";

interface CompareProps {
  compare: Compare;
  range: Range;
  rangeName: RangeName | null;
  params: ViewParams;
}

export function CompareMenu(props: CompareProps) {
  const { compare, range, rangeName } = props;
  const summary = (
    <>
      <span className="text-ink-soft">{compare === "none" ? "Not compared" : "Compared with"}</span>
      {compare !== "none" && <span>{compareWords(compare, range, rangeName)}</span>}
      <Icon name="chevronDown" className="-mr-1 text-ink-soft" />
    </>
  );
  return (
    <Menu summary={summary}>
      <CompareChoices {...props} />
    </Menu>
  );
}

export function CompareChoices({ compare, range, rangeName, params }: CompareProps) {
  const words: Record<Compare, string> = {
    previous: `The stretch right before: ${compareWords("previous", range, rangeName)}`,
    week: `The same weekdays: ${compareWords("week", range, rangeName)}`,
    none: "Nothing",
  };
  return (
    <ul>
      {namesOf(words).map((each) => (
        <Choice
          key={each}
          href={hereUrl(params, { compare: each === "previous" ? null : each })}
          current={each === compare}
        >
          {words[each]}
        </Choice>
      ))}
    </ul>
  );
}
