import { useEffect, useRef, useSyncExternalStore } from "react";

/** What a key does while some part of the studio is on the screen. */
export interface Shortcut {
  /** `KeyboardEvent.key`, several with blanks between for one after the other: `j`, `?`, `g a`; `mod+Enter` with Ctrl or ⌘. */
  keys: string;
  /** What it does, for the help sheet. */
  label: string;
  /** Under which heading of the help sheet it stands. */
  group: string;
  run: (event: KeyboardEvent) => void;
}

/** The time in milliseconds in which the next key of a sequence has to come. */
const SEQUENCE_MS = 1200;

let registered: readonly Shortcut[] = [];
const listeners = new Set<() => void>();
let typed = "";
let typedAt = 0;

function setRegistered(next: readonly Shortcut[]): void {
  registered = next;
  for (const listener of listeners) listener();
}

/** All keys that do something now, for the help sheet. */
export function useRegisteredShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
  );
}

/**
 * Gives keys a meaning while the calling component is on the screen. Where two components give one key a meaning, the one
 * that came last has it. Keys do nothing while the reader types into a field, but for `Escape` and those with `mod`.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const names = shortcuts.map(({ keys, label, group }) => `${group}\t${keys}\t${label}`).join("\n");
  useEffect(() => {
    const mine = names
      .split("\n")
      .filter((line) => line !== "")
      .map((line, place): Shortcut => {
        const [group = "", keys = "", label = ""] = line.split("\t");
        return { group, keys, label, run: (event) => latest.current[place]?.run(event) };
      });
    setRegistered([...registered, ...mine]);
    return () => setRegistered(registered.filter((one) => !mine.includes(one)));
  }, [names]);
}

/** The shortcut that is meant by the keys pressed so far, and whether more keys may follow. */
export function matchShortcut(
  pressed: string,
  shortcuts: readonly Shortcut[],
): { shortcut?: Shortcut | undefined; begins: boolean } {
  const shortcut = shortcuts.findLast(({ keys }) => keys === pressed);
  return { shortcut, begins: shortcuts.some(({ keys }) => keys.startsWith(`${pressed} `)) };
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const modified = event.ctrlKey || event.metaKey;
  if (event.altKey) return;
  if (isTyping(event.target) && !modified && event.key !== "Escape") return;
  // A dialog has the keyboard to itself; the browser closes it on Escape.
  if (document.querySelector("dialog[open]") !== null) return;
  const key = modified ? `mod+${event.key}` : event.key;
  const now = event.timeStamp;
  typed = typed !== "" && now - typedAt < SEQUENCE_MS ? `${typed} ${key}` : key;
  typedAt = now;
  let found = matchShortcut(typed, registered);
  if (found.shortcut === undefined && !found.begins) {
    typed = key;
    found = matchShortcut(key, registered);
  }
  if (found.shortcut !== undefined) {
    typed = "";
    event.preventDefault();
    found.shortcut.run(event);
  } else if (!found.begins) {
    typed = "";
  }
}

/** Whether keys mean text there. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "range", "button"].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

window.addEventListener("keydown", onKeyDown);
