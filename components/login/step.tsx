import type { ReactNode } from "react";
import { DemoPhoneLink } from "../ui/demo-phone-link";
import { Icon } from "../ui/icon";
import { StepHeading } from "./step-heading";

interface StepProps {
  title: string;
  lead?: ReactNode;
  /** Above the title. */
  mark?: ReactNode;
  /** Whether messages go to the simulator, so that there is a phone to look at. */
  demo: boolean;
  children: ReactNode;
}

/** One step of the login: a column as wide as a phone, whatever the screen. */
export function Step({ title, lead, mark, demo, children }: StepProps) {
  return (
    <div className="mx-auto flex w-full max-w-[25rem] grow flex-col px-6 pt-10 pb-8 sm:pt-20">
      {/* Here rather than in the page's metadata, which arrive after the step and leave it without a title till then. */}
      <title>{`${title} · OTP Insights`}</title>
      {mark}
      <StepHeading key={title} title={title} />
      {lead && <p className="mt-2 text-ink-soft">{lead}</p>}
      <div className="mt-6 flex flex-col gap-6">{children}</div>
      {demo && <DemoNote />}
    </div>
  );
}

function DemoNote() {
  return (
    <p className="mt-auto flex gap-2.5 pt-12 text-13 text-ink-soft">
      <Icon name="lock" className="mt-0.5" />
      <span>
        Demo. Messages go to a simulator on this machine, never to a real phone.{" "}
        {/* On a wide screen it stands beside this. */}
        <DemoPhoneLink className="whitespace-nowrap min-[1100px]:hidden">
          Open the demo phone
          <Icon name="newTab" className="mb-0.5 ml-1 inline size-3.5" />
        </DemoPhoneLink>
      </span>
    </p>
  );
}
