/** How the rows of radios beside the phone look: real inputs, drawn as the browser draws them. */
export const CHOICE =
  "flex min-h-11 cursor-pointer items-center gap-3 border-b border-line px-3 py-1.5 last:border-b-0 has-[input:checked]:bg-share has-[input:focus-visible]:outline-2 has-[input:focus-visible]:-outline-offset-2 has-[input:focus-visible]:outline-accent";

export const RADIO = "size-4 shrink-0 accent-accent focus-visible:outline-none";

/** What only a page without scripts needs. */
export const NO_SCRIPT_BUTTON = "hidden border-t border-line px-3 py-2 noscript:block";

export const SMALL_SELECT =
  "h-8 max-w-full appearance-none truncate rounded-6 border border-edge bg-panel pr-7 pl-2.5 text-12 text-ink";

export const SECTION_TITLE = "text-13 font-semibold";
