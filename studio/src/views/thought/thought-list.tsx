import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { Thought } from "sojourn/thought";
import { classNames } from "../../components/class-names.ts";
import { ScrollRegion } from "../scroll-region.tsx";
import { BetweenRow } from "./between-row.tsx";
import { StepRow } from "./step-row.tsx";
import { useTextHighlights } from "./text-highlights.ts";
import { ThoughtMap } from "./thought-map.tsx";
import { nodeOf, placesOf, type ThoughtRow } from "./thought-rows.ts";

/** A step of one line is that high in pixels; longer ones are measured when they come into sight. */
const ROW_HEIGHT = 34;

/**
 * A thought as one scroll: only the rows in sight are on the page, so that a hundred thousand steps scroll like ten. The
 * row under the cursor is brought into sight whenever the cursor moves.
 */
export function ThoughtList({
  thought,
  rows,
  hits,
  pattern,
  cursor,
  quiet,
  onCursor,
  beside,
}: {
  thought: Thought;
  rows: readonly ThoughtRow[];
  /** Rows in which the wanted words stand. */
  hits: readonly number[];
  pattern: RegExp | undefined;
  /** The row under the cursor; -1 for none. */
  cursor: number;
  /** Whether steps that are not on the way to the answer are set back. */
  quiet: boolean;
  onCursor: (node: string) => void;
  /** What a view adds at the end of each step. */
  beside?: ((row: ThoughtRow & { kind: "step" }) => ReactNode) | undefined;
}): ReactNode {
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  // Going down, rows above that turn out higher do not move what is read; else a jump to the end would stop on its way.
  virtual.shouldAdjustScrollPositionOnItemSizeChange = ({ start }, _, { scrollDirection, scrollOffset }) =>
    scrollDirection === "backward" && start < (scrollOffset ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tree grows in place, and the rows with it.
  const places = useMemo(() => placesOf(thought), [thought, rows]);
  useEffect(() => {
    if (cursor >= 0) virtual.scrollToIndex(cursor, { align: "auto" });
  }, [cursor, virtual]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useTextHighlights(scroller, pattern, `${first} ${last} ${rows.length}`);
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <ScrollRegion ref={scroller} label="Thought" className="min-w-0 flex-1">
        <div className="relative py-3" style={{ height: virtual.getTotalSize() + 24 }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: j and k do the same from the keyboard.
              // biome-ignore lint/a11y/useKeyWithClickEvents: j and k do the same from the keyboard.
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                data-row={row.kind}
                onClick={() => row.kind === "step" && onCursor(row.node.id)}
                className={classNames(
                  "absolute inset-x-0 top-3",
                  row.kind === "step" && "cursor-default hover:bg-hover",
                  index === cursor &&
                    "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft",
                )}
                style={{ transform: `translateY(${start}px)` }}
              >
                {row.kind === "step" ? (
                  <StepRow row={row} place={places.get(row.node.id)} quiet={quiet && !row.chosen}>
                    {beside?.(row)}
                  </StepRow>
                ) : (
                  <BetweenRow row={row} place={(id) => places.get(id)} onGo={onCursor} />
                )}
              </div>
            );
          })}
        </div>
      </ScrollRegion>
      <ThoughtMap
        rows={rows}
        hits={hits}
        first={virtual.range?.startIndex ?? first}
        last={virtual.range?.endIndex ?? last}
        onGo={(index) => {
          virtual.scrollToIndex(index, { align: "center" });
          const there = rows[index];
          const at = there === undefined ? undefined : nodeOf(there);
          if (at !== undefined) onCursor(at);
        }}
      />
    </div>
  );
}
