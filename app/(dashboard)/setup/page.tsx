import type { Metadata } from "next";
import { setupSteps } from "@/lib/setup/steps";
import { forReaders } from "../dashboard-page";
import { SetupProgress } from "../panels/setup-progress";

export const metadata: Metadata = { title: "Set-up · OTP Insights" };

/** What a set-up has to show once, from an account that answers to feedback that Twilio took. */
export default function SetupPage() {
  return forReaders(async () => {
    const steps = await setupSteps();
    return (
      <div className="mx-auto flex w-full max-w-[48rem] flex-col gap-5 px-4 py-6 sm:px-6">
        <h1 className="text-20 font-semibold tracking-tight">Set-up</h1>
        <p className="text-ink-soft">
          {Object.values(steps).every(({ done }) => done)
            ? "All of it works: one code went out, came back, and Twilio was told."
            : "One code, sent and typed in, shows that all of it works. The ticks come by themselves."}
        </p>
        <SetupProgress steps={steps} />
      </div>
    );
  });
}
