import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef } from "react";
import { latestScore, type Thought, type TreeNode } from "sojourn/thought";
import { classNames } from "../../components/class-names.ts";
import { OneLine } from "../one-line.tsx";
import { ScrollRegion } from "../scroll-region.tsx";
import { scoreColor } from "../thought/score-color.ts";
import { diffTrees, treeOverlap } from "./tree-diff.ts";

/** Deeper steps are not set in further. */
const DEEPEST = 24;

/** The trees of two thoughts laid over each other: what both tried, and what one of them alone. */
export function TreeDiffList({ left, right }: { left: Thought; right: Thought }): ReactNode {
  const scroller = useRef<HTMLElement>(null);
  const rows = useMemo(() => diffTrees(left.tree, right.tree), [left, right]);
  const overlap = useMemo(() => treeOverlap(rows), [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 28,
    overscan: 20,
  });
  return (
    <>
      <p className="border-b border-line px-4 py-1.5 text-fine text-muted tabular-nums">
        {overlap.both} steps in both, <span className="text-wrong">{overlap.left} only in the base</span>,{" "}
        <span className="text-(color:--right)">{overlap.right} only in the other</span>
      </p>
      <ScrollRegion ref={scroller} label="Trees over each other" className="min-h-0 flex-1">
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const alone = row.left === undefined ? "right" : row.right === undefined ? "left" : "both";
            return (
              <div
                key={key}
                data-index={index}
                className={classNames(
                  "absolute inset-x-0 flex h-7 items-center gap-3 pr-4",
                  alone === "left" && "bg-wrong-soft",
                  alone === "right" && "bg-right-soft",
                )}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span aria-hidden="true" className="w-5 shrink-0 text-center font-mono text-fine text-muted">
                  {alone === "left" ? "−" : alone === "right" ? "+" : ""}
                </span>
                <span
                  className={classNames(
                    "min-w-0 flex-1 truncate text-body",
                    alone === "both" && "text-muted",
                  )}
                  style={{ paddingLeft: `${Math.min(DEEPEST, row.depth) * 14}px` }}
                  title={row.text.slice(0, 400)}
                >
                  <span className="sr-only">
                    {alone === "left" ? "only in the base: " : alone === "right" ? "only in the other: " : ""}
                  </span>
                  <OneLine text={row.text.trim() || "(no words)"} most={300} />
                </span>
                <ScoreOf node={row.left} />
                <ScoreOf node={row.right} />
              </div>
            );
          })}
        </div>
      </ScrollRegion>
    </>
  );
}

function ScoreOf({ node }: { node: TreeNode | undefined }): ReactNode {
  const score = node === undefined ? undefined : latestScore(node);
  return (
    <span className="flex w-12 shrink-0 items-center justify-end gap-1.5 font-mono text-[0.75rem] text-muted tabular-nums">
      {score !== undefined && (
        <>
          {score.value.toFixed(2)}
          <span className="h-4 w-1 rounded-full" style={{ background: scoreColor(score.value) }} />
        </>
      )}
    </span>
  );
}
