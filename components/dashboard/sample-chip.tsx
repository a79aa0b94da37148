import { TextLink } from "../ui/text-link";
import { ClosingDetails } from "../ui/closing-details";

interface SampleChipProps {
  messages: string;
  /** When the made-up part ends. */
  until: string;
  /** Whether the simulator's scenario can be switched. */
  withScenarios: boolean;
}

/** Says that what is shown is made up, while it is: in two words, and in full when asked. */
export function SampleChip({ messages, until, withScenarios }: SampleChipProps) {
  return (
    <ClosingDetails name="view-bar" className="relative">
      <summary className="flex h-8 list-none items-center text-12 [&::-webkit-details-marker]:hidden">
        <span className="rounded-full border border-line bg-watch-wash px-2.5 py-0.5 font-medium whitespace-nowrap hover:border-edge">
          Sample<span className="max-sm:sr-only"> data</span>
        </span>
      </summary>
      <p className="absolute top-full right-0 z-30 mt-1 w-72 rounded-8 border border-edge bg-panel p-3 text-13">
        {messages} messages up to {until} are made up, so that there is something to see. What is sent after
        that is counted with them
        {withScenarios ? (
          <>
            ; what happens then is <TextLink href="/phone">up to you</TextLink>.
          </>
        ) : (
          "."
        )}
      </p>
    </ClosingDetails>
  );
}
