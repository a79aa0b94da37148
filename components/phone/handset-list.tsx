"use client";

import { startTransition, useOptimistic } from "react";
import { Button } from "../ui/button";
import { countryName } from "../ui/format";
import { Icon } from "../ui/icon";
import { CHOICE, NO_SCRIPT_BUTTON, RADIO } from "./look";
import type { HandsetDelivery, HandsetView } from "./phone-view";

interface HandsetListProps {
  handsets: HandsetView[];
  /** The number of the one in hand. */
  current: string;
  action: (form: FormData) => Promise<void>;
}

/** The handsets of this browser; the one that is chosen is on the screen. */
export function HandsetList({ handsets, current, action }: HandsetListProps) {
  const [chosen, setChosen] = useOptimistic(current);

  function choose(number: string) {
    startTransition(async () => {
      setChosen(number);
      const form = new FormData();
      form.set("handset", number);
      await action(form);
    });
  }

  return (
    <form action={action}>
      <fieldset>
        <legend className="sr-only">Handset</legend>
        <div className="max-h-40 overflow-y-auto">
          {handsets.map(({ number, label, country, delivery, unread }) => (
            <label key={number} className={CHOICE}>
              <input
                type="radio"
                name="handset"
                value={number}
                checked={number === chosen}
                onChange={() => choose(number)}
                className={RADIO}
              />
              <span className="min-w-0 grow">
                <span className="block text-13 font-medium">{label}</span>
                <span className="block truncate text-12 text-ink-soft">{countryName(country)}</span>
              </span>
              <span className="flex shrink-0 items-center gap-1.5 text-12 text-ink-soft">
                <DeliveryMark delivery={delivery} />
                {unread > 0 && (
                  <span className="flex items-center gap-1.5 font-medium text-ink">
                    <span className="size-2 rounded-full bg-accent" />
                    {unread} new
                  </span>
                )}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className={NO_SCRIPT_BUTTON}>
        <Button type="submit" size="small">
          Take in hand
        </Button>
      </div>
    </form>
  );
}

function DeliveryMark({ delivery }: { delivery: HandsetDelivery }) {
  if (delivery.mode === "failed") {
    return (
      <span className="flex items-center gap-0.5">
        <Icon name="cross" className="size-3.5 text-bad" />
        fails
      </span>
    );
  }
  if (delivery.mode === "lost") return <span>gets lost</span>;
  if (delivery.mode === "no-whatsapp") return <span>no WhatsApp</span>;
  return delivery.mode === "delayed" ? <span>{delivery.seconds} s late</span> : null;
}
