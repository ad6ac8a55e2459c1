import { useEffect, useRef, useState } from "react";
import type { AskSearch } from "./ask-search.ts";

/** What the form holds: all of it stands in the address. */
export type Draft = Pick<AskSearch, "ask" | "strategy" | "effort" | "model" | "checker" | "system">;

/** The address follows the typing at most so often. */
const ADDRESS_MS = 300;

const fields = ["ask", "strategy", "effort", "model", "checker", "system"] as const;

function draftOf(search: AskSearch): Draft {
  return Object.fromEntries(fields.map((field) => [field, search[field]]));
}

/**
 * The form's content: what is typed is there at once, and in the address a moment later; what the address says from
 * outside, such as by the browser's way back, is in the form.
 */
export function useDraft(search: AskSearch, write: (draft: Draft) => void): [Draft, (change: Draft) => void] {
  const [draft, setDraft] = useState(() => draftOf(search));
  const written = useRef(draft);
  const writing = useRef(write);
  writing.current = write;
  useEffect(() => {
    if (draft === written.current) return;
    const timer = setTimeout(() => {
      written.current = draft;
      writing.current(draft);
    }, ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  const fromAddress = draftOf(search);
  const key = JSON.stringify(fromAddress);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the address.
  useEffect(() => {
    const same = fields.every((field) => (written.current[field] ?? "") === (fromAddress[field] ?? ""));
    if (same) return;
    written.current = fromAddress;
    setDraft(fromAddress);
  }, [key]);
  return [draft, (change) => setDraft((now) => ({ ...now, ...change }))];
}
