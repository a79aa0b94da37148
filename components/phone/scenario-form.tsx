"use client";

import { startTransition, useOptimistic } from "react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { SMALL_SELECT } from "./look";

interface ScenarioFormProps {
  /** Of the simulator: the one that is on, and all it knows. */
  scenario: { name: string; names: readonly string[] };
  action: (form: FormData) => Promise<void>;
}

/** What happens in the demo's world, in words. */
const WORDS: Readonly<Record<string, string>> = {
  calm: "Nothing out of the ordinary",
  "network-outage": "Telkomsel in Indonesia is down",
  "silent-outage": "Telkomsel in Indonesia loses messages, and does not say so",
  "carrier-outage": "Nine of ten messages to Brazil and Indonesia are lost",
  "slow-route": "Messages to India take minutes",
  pumping: "Bots have messages sent to Azerbaijan",
  "launch-day": "Ten times as many people sign in",
};

/** What happens in the demo's world from now on: switched by choosing, and, without scripts, by a button. */
export function ScenarioForm({ scenario: { name, names }, action }: ScenarioFormProps) {
  const [shown, show] = useOptimistic(name);

  function change(next: string) {
    startTransition(async () => {
      show(next);
      const form = new FormData();
      form.set("scenario", next);
      await action(form);
    });
  }

  return (
    <form action={action} className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13">
      <label htmlFor="scenario" className="font-medium">
        In the demo’s world
      </label>
      <span className="relative max-w-full min-w-0">
        <select
          id="scenario"
          name="scenario"
          value={shown}
          onChange={(event) => change(event.target.value)}
          className={SMALL_SELECT}
        >
          {names.map((each) => (
            <option key={each} value={each}>
              {WORDS[each] ?? each}
            </option>
          ))}
        </select>
        <Icon
          name="chevronDown"
          className="pointer-events-none absolute inset-y-0 right-2 my-auto size-3.5 text-ink-soft"
        />
      </span>
      <span className="hidden noscript:inline">
        <Button type="submit" size="small">
          Switch
        </Button>
      </span>
    </form>
  );
}
