import type { ReactNode } from "react";
import { ProductMark } from "../ui/product-mark";
import { Clock } from "./clock";

interface HandsetProps {
  /** Who writes to it. */
  sender: string;
  children: ReactNode;
  /** What is written in; none where there is nobody to write to. */
  composer: ReactNode;
}

/** A phone: a case of dark metal in either theme, and a screen that takes the page's. */
export function Handset({ sender, children, composer }: HandsetProps) {
  return (
    <div className="relative mx-auto w-full max-w-[18.25rem]">
      <Key className="top-30 -left-[3px] h-9" />
      <Key className="top-42 -left-[3px] h-9" />
      <Key className="top-36 -right-[3px] h-14" />
      <div className="relative rounded-[46px] bg-linear-to-br from-metal-edge via-edge to-metal-edge p-0.5">
        <div className="rounded-[44px] bg-metal p-2">
          <div className="flex h-[clamp(27.5rem,calc(100dvh-20.75rem),34.75rem)] flex-col overflow-hidden rounded-[36px] bg-panel max-lg:h-[34.75rem]">
            <StatusBar />
            <div className="flex shrink-0 flex-col items-center gap-1 border-b border-line px-4 pt-1 pb-2">
              <span className="rounded-full border border-line bg-wash p-1.5">
                <ProductMark size={20} />
              </span>
              <p className="text-12 font-semibold">{sender}</p>
            </div>
            {children}
            {composer}
            <div aria-hidden="true" className="flex shrink-0 justify-center pt-2 pb-2">
              <span className="h-1 w-26 rounded-full bg-ink" />
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** What the screen says where it has no messages to show. */
export function ScreenNote({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex grow flex-col items-center justify-center gap-2 px-6 text-center text-13 text-ink-soft">
      <p className="text-14 font-semibold text-ink">{title}</p>
      {children}
    </div>
  );
}

function Key({ className }: { className: string }) {
  return <span aria-hidden="true" className={`absolute w-1 rounded-full bg-metal-edge ${className}`} />;
}

/** For the eye only: what a phone shows. */
function StatusBar() {
  return (
    <div aria-hidden="true" className="relative flex h-11 shrink-0 items-center justify-between px-7">
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
