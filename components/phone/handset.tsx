import type { ReactNode } from "react";
import { ProductMark } from "../ui/product-mark";
import { Clock } from "./clock";

interface HandsetProps {
  /** Who writes to it. */
  sender: string;
  children: ReactNode;
}

/** A phone: a case of dark metal in either theme, and a screen that takes the page's. */
export function Handset({ sender, children }: HandsetProps) {
  return (
    <div className="relative mx-auto w-full max-w-[20rem]">
      <Key className="top-32 -left-[3px] h-10" />
      <Key className="top-46 -left-[3px] h-10" />
      <Key className="top-38 -right-[3px] h-14" />
      <div className="relative rounded-[48px] border-2 border-metal-edge bg-metal p-2">
        <div className="flex h-[38rem] flex-col overflow-hidden rounded-[38px] bg-panel">
          <StatusBar />
          <div className="flex flex-col items-center gap-1.5 border-b border-line px-4 pt-2 pb-3">
            <span className="rounded-full border border-line bg-wash p-2">
              <ProductMark size={22} />
            </span>
            <p className="text-12 font-semibold">{sender}</p>
          </div>
          {children}
          <div aria-hidden="true" className="flex justify-center pt-2 pb-2.5">
            <span className="h-1 w-28 rounded-full bg-ink" />
          </div>
        </div>
      </div>
    </div>
  );
}

function Key({ className }: { className: string }) {
  return <span aria-hidden="true" className={`absolute w-1 rounded-full bg-metal-edge ${className}`} />;
}

/** For the eye only: what a phone shows. */
function StatusBar() {
  return (
    <div aria-hidden="true" className="relative flex h-12 shrink-0 items-center justify-between px-7">
      <span className="text-14 font-semibold">
        <Clock />
      </span>
      <span className="absolute top-2.5 left-1/2 h-6 w-20 -translate-x-1/2 rounded-full bg-metal" />
      <svg viewBox="0 0 44 12" width="44" height="12" className="fill-ink">
        <rect x="0" y="8" width="3" height="4" rx="0.75" />
        <rect x="4.5" y="5.5" width="3" height="6.5" rx="0.75" />
        <rect x="9" y="3" width="3" height="9" rx="0.75" />
        <rect x="13.5" y="0.5" width="3" height="11.5" rx="0.75" />
        <rect x="21" y="1" width="20" height="10" rx="3" className="fill-none stroke-ink-soft" />
        <rect x="22.75" y="2.75" width="14" height="6.5" rx="1.5" />
        <rect x="42" y="4" width="1.5" height="4" rx="0.75" className="fill-ink-soft" />
      </svg>
    </div>
  );
}
