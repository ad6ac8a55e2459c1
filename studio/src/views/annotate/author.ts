import { useSyncExternalStore } from "react";

const KEY = "sojourn.author";
const listeners = new Set<() => void>();
let author = stored();

/** A browser that refuses storage knows the name until the page is closed. */
function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** Who annotates, as they call themselves; kept in this browser. Empty until they have said so. */
export function useAuthor(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => author,
  );
}

/** Keeps the name under which annotations are made. */
export function keepAuthor(name: string): void {
  author = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // It then holds until the page is closed.
  }
  for (const listener of listeners) listener();
}
