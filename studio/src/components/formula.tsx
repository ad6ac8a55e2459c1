import katex from "katex";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import "katex/dist/katex.min.css";

/** What keeps a hostile formula in its place: no links, no files, no size beyond the page, no macro without end. */
export const formulaLimits = {
  trust: false,
  throwOnError: false,
  strict: "ignore",
  maxSize: 12,
  maxExpand: 200,
  errorColor: "var(--muted)",
} as const;

/** A formula as KaTeX sets it; one that is not valid LaTeX is shown as it was written. */
export function Formula({ tex, display }: { tex: string; display: boolean }): ReactNode {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (place.current === null) return;
    try {
      katex.render(tex, place.current, { ...formulaLimits, displayMode: display });
    } catch {
      place.current.textContent = tex;
    }
  }, [tex, display]);
  return <span ref={place} className={display ? "my-1 block overflow-x-auto" : undefined} />;
}
