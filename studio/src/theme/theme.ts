import { useSyncExternalStore } from "react";

/** What the reader chose: a theme, or whatever the system shows. */
export type ThemeChoice = "system" | "light" | "dark";

/** What is on the screen. */
export type Theme = "light" | "dark";

const KEY = "sojourn.theme";
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");
/** Read here and then taken from its changes alone: Chromium tells of no change that somebody has read before. */
let isDark = darkSystem.matches;
const listeners = new Set<() => void>();

/** Reads the stored choice. A browser that refuses storage gets the system's theme. */
function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

let choice = storedChoice();

/** The theme on the screen. */
function currentTheme(): Theme {
  if (choice !== "system") return choice;
  return isDark ? "dark" : "light";
}

/** Puts the theme on the page; called once before the first render, then whenever it changes. */
export function applyTheme(): void {
  document.documentElement.dataset["theme"] = currentTheme();
  for (const listener of listeners) listener();
}

darkSystem.addEventListener("change", ({ matches }) => {
  isDark = matches;
  applyTheme();
});

/** Chooses a theme and keeps the choice. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  try {
    if (next === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // The choice then holds until the page is closed.
  }
  applyTheme();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The theme and the choice behind it; renders again when either changes. */
export function useTheme(): { theme: Theme; choice: ThemeChoice } {
  const theme = useSyncExternalStore(subscribe, currentTheme);
  const chosen = useSyncExternalStore(subscribe, () => choice);
  return { theme, choice: chosen };
}
