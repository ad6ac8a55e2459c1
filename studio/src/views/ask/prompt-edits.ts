import { useSyncExternalStore } from "react";
import { z } from "zod";

const KEY = "sojourn.prompts";
const editsSchema = z.record(z.string(), z.string());
const listeners = new Set<() => void>();

function stored(): Readonly<Record<string, string>> {
  try {
    return editsSchema.parse(JSON.parse(sessionStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}

let edits = stored();

/** Puts a text in place of a prompt for the questions asked from this tab; undefined goes back to the shipped one. */
export function editPrompt(name: string, text: string | undefined): void {
  const { [name]: _before, ...others } = edits;
  edits = text === undefined ? others : { ...others, [name]: text };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(edits));
  } catch {
    // They then hold until the page is loaded again.
  }
  for (const listener of listeners) listener();
}

/** The prompts that were edited in this tab, by name. */
export function usePromptEdits(): Readonly<Record<string, string>> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => edits,
  );
}
