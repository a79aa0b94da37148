/** Breakers, as incidents: a place that is refused is one until it is open again. Each step that one writes is told. */
import type { Severity } from "../../terms/events";
import { follow, untoldSteps, type BreakerStep } from "../incidents";
import type { Said } from "../said";
import { momentWords, numberWords, ruledPlaceName } from "../words";

/** Of a look; what is more waits for the next one. */
const MOST = 100;

const SEVERITIES = {
  opened: "critical",
  half_open: "info",
  closed: "info",
} as const satisfies Record<BreakerStep["step"], Severity>;

export async function watchBreakers(): Promise<void> {
  // One after the other: a place's steps are told in their order.
  for (const step of await untoldSteps(MOST)) await follow(step, SEVERITIES[step.step], saidOf(step));
}

function saidOf(step: BreakerStep): Said {
  const { place, at, unanswered, allowed, confirmed } = step;
  const country = place.startsWith("+") ? null : place.slice(0, 2);
  return {
    ...wordsOf(step),
    path: country === null ? "/protection" : `/destinations/${country}`,
    data: { place, country, step: step.step, at, unanswered, allowed, confirmed },
  };
}

function wordsOf({
  place,
  at,
  step,
  unanswered,
  allowed,
  confirmed,
}: BreakerStep): Pick<Said, "title" | "text"> {
  const [name, since] = [ruledPlaceName(place), momentWords(at)];
  if (step === "opened") {
    return {
      title: `${name} is refused: ${numberWords(unanswered)} messages unanswered, where ${numberWords(allowed)} may be`,
      text: `Since ${since} nothing is sent there, but to numbers that signed in within 90 days and to the safe list. In a while one message is tried; as codes come back, it is opened by degrees.`,
    };
  }
  if (step === "half_open") {
    const tried =
      confirmed > 0
        ? `${numberWords(confirmed)} came back confirmed since it was refused.`
        : `${allowed === 1 ? "One message is" : `${numberWords(allowed)} messages are`} tried since ${since}.`;
    return {
      title: `${name} is tried, whether codes come back from there`,
      text: `${tried} Each that is confirmed makes room for two more; without, it is tried less and less often.`,
    };
  }
  return {
    title: `${name} is open again`,
    text:
      confirmed > 0 && confirmed >= allowed
        ? `By ${since} ${numberWords(confirmed)} messages were confirmed since it was refused: as many as it takes.`
        : `Since ${since}, after ${numberWords(confirmed)} confirmations of ${numberWords(allowed)}: nobody asks for messages there any more, or the rule refuses none.`,
  };
}
