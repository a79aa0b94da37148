/**
 * Whether keys alone do something, kept in the browser: whoever speaks to the computer, or hits keys by accident, turns it off.
 */
const NAME = "shortcuts";
const listeners = new Set<() => void>();

export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

export function turnShortcuts(on: boolean): void {
  try {
    if (on) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, "off");
  } catch {
    // A browser that keeps nothing has them on.
  }
  for (const listener of listeners) listener();
}

export function watchShortcuts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where keys mean something else: what is typed into or moved through. */
const OWN_KEYS =
  "input, select, textarea, [contenteditable], [role=application], [role=slider], [role=listbox], [role=menu], [data-own-keys]";

/** Whether a key is a shortcut here: pressed alone, outside of fields, and not meant for something else. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  return shortcutsOn() && !(event.target instanceof Element && event.target.closest(OWN_KEYS));
}

/** Whether a sheet is open, whose Esc closes it and nothing else. */
export function isSheetOpen(): boolean {
  const popovers = CSS.supports("selector(:popover-open)") ? ", :popover-open" : "";
  return document.querySelector(`dialog[open]${popovers}`) !== null;
}
