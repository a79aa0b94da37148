/** The product's mark, which is its own figure: conversion as dot and whisker, beside the baseline's tick. */
export function ProductMark({ size = 24 }: { size?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" width={size} height={size} className="shrink-0">
      <rect width="24" height="24" rx="6" className="fill-ink" />
      <path
        d="M4.5 12h15M16 7.5v9"
        fill="none"
        className="stroke-panel"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
      <circle cx="10" cy="12" r="3.25" className="fill-panel" />
    </svg>
  );
}
