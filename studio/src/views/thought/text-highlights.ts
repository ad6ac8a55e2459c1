import { type RefObject, useEffect } from "react";
import { findHits } from "./keywords.ts";
import "./thought.css";

/** The name under which `thought.css` gives the hits their colour. */
const NAME = "keyword";
/** Hits that are coloured in one text; more would be one colour anyway. */
const MOST_HITS = 2000;

/**
 * Colours every place where the pattern stands in the texts below an element, without changing its content: rendered
 * formulas, links and whatever else stays as it is. Runs again whenever rows come into sight.
 *
 * @param seen changes when other rows are in sight
 */
export function useTextHighlights(
  element: RefObject<HTMLElement | null>,
  pattern: RegExp | undefined,
  seen: string,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `seen` stands for the content of the element.
  useEffect(() => {
    if (typeof Highlight === "undefined" || element.current === null || pattern === undefined) return;
    const highlight = new Highlight(...rangesBelow(element.current, pattern));
    CSS.highlights.set(NAME, highlight);
    return () => {
      CSS.highlights.delete(NAME);
    };
  }, [element, pattern, seen]);
}

function rangesBelow(element: HTMLElement, pattern: RegExp): Range[] {
  const ranges: Range[] = [];
  for (const text of element.querySelectorAll("[data-words]")) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const { start, end } of findHits(node.nodeValue ?? "", pattern, MOST_HITS)) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, end);
        ranges.push(range);
      }
    }
  }
  return ranges;
}
