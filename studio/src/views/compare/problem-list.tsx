import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import type { ComparedRow } from "sojourn/schemas/compare-schema.ts";
import { classNames } from "../../components/class-names.ts";
import { OneLine } from "../one-line.tsx";
import { ScrollRegion } from "../scroll-region.tsx";
import { rowKey } from "./cells.ts";

/** The problems that were compared: who is right, and with what answer. */
export function ProblemList({
  rows,
  chosen,
  onChoose,
}: {
  rows: readonly ComparedRow[];
  /** As {@link rowKey} names it. */
  chosen: string | undefined;
  onChoose: (key: string) => void;
}): ReactNode {
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 56,
    overscan: 12,
  });
  const at = rows.findIndex((row) => rowKey(row) === chosen);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);
  return (
    <ScrollRegion ref={scroller} label="Problems" className="min-h-0 flex-1">
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 h-14"
              style={{ transform: `translateY(${start}px)` }}
            >
              <button
                type="button"
                tabIndex={-1}
                aria-current={index === at}
                onClick={() => onChoose(rowKey(row))}
                className={classNames(
                  "flex size-full flex-col justify-center gap-0.5 border-b border-line px-4 text-left hover:bg-hover",
                  index === at && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft",
                )}
              >
                <span className="flex w-full items-center gap-2">
                  <Verdicts row={row} />
                  <OneLine text={row.asked} most={160} className="truncate" />
                </span>
                <span className="w-full truncate text-fine text-muted">
                  <OneLine
                    text={row.each.map(({ answer }) => (answer ?? "no answer").slice(0, 40)).join(" · ")}
                  />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </ScrollRegion>
  );
}

/** One sign a run, in their order. */
function Verdicts({ row }: { row: ComparedRow }): ReactNode {
  return (
    <span className="flex shrink-0 gap-1 font-mono text-fine">
      {row.each.map(({ correct }, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: runs keep their order.
          key={place}
          className={correct ? "text-(color:--right)" : "text-wrong"}
        >
          <span aria-hidden="true">{correct ? "✓" : "✕"}</span>
          <span className="sr-only">{correct ? "right" : "wrong"}</span>
        </span>
      ))}
    </span>
  );
}
