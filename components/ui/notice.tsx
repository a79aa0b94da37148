import type { ReactNode } from "react";

interface NoticeProps {
  title: string;
  children: ReactNode;
}

/** A page that has one thing to say, and a next step. */
export function Notice({ title, children }: NoticeProps) {
  return (
    <div className="mx-auto flex w-full max-w-[32rem] flex-col items-start gap-4 px-6 py-16 sm:py-24">
      <h1 className="text-28 font-semibold tracking-tight">{title}</h1>
      {children}
    </div>
  );
}
