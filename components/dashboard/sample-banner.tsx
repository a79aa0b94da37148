import { TextLink } from "../ui/text-link";

interface SampleBannerProps {
  messages: string;
  /** When the made-up part ends. */
  until: string;
  /** Whether the simulator's scenario can be switched. */
  withScenarios: boolean;
}

/** Says that what is shown is made up, while it is. */
export function SampleBanner({ messages, until, withScenarios }: SampleBannerProps) {
  return (
    <p className="rounded-8 border border-line bg-watch-wash px-4 py-2.5 text-13">
      <strong className="font-semibold">Sample data.</strong> {messages} messages up to {until} are made up,
      so that there is something to see. What is sent after that is counted with them
      {withScenarios ? (
        <>
          ; what happens then is <TextLink href="/phone">up to you</TextLink>.
        </>
      ) : (
        "."
      )}
    </p>
  );
}
