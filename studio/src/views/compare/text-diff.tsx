import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef } from "react";
import { classNames } from "../../components/class-names.ts";
import { visibleText } from "../../components/text-parts.ts";
import { ScrollRegion } from "../scroll-region.tsx";
import { type Piece, type StepPair, wordPieces } from "./step-diff.ts";

/** Two texts beside each other, step by step, with what differs coloured. */
export function TextDiff({
  pairs,
  mark,
}: {
  /** As `pairSteps` has them. */
  pairs: readonly StepPair[];
  /** What stands before a side of a pair. Default: nothing. */
  mark?: ((place: number, side: "left" | "right") => ReactNode) | undefined;
}): ReactNode {
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: pairs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    overscan: 20,
  });
  return (
    <ScrollRegion ref={scroller} label="Texts beside each other" className="min-h-0 flex-1">
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const pair = pairs[index];
          if (pair === undefined) return null;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              data-same={pair.same}
              className="absolute inset-x-0 grid grid-cols-2"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Pair pair={pair} marks={[mark?.(index, "left"), mark?.(index, "right")]} />
            </div>
          );
        })}
      </div>
    </ScrollRegion>
  );
}

function Pair({
  pair: { left, right, same },
  marks,
}: {
  pair: StepPair;
  marks: readonly [ReactNode, ReactNode];
}): ReactNode {
  const pieces = useMemo(
    () => (same || left === undefined || right === undefined ? undefined : wordPieces(left, right)),
    [left, right, same],
  );
  return (
    <>
      <Side text={left} pieces={pieces?.left} tone={same ? "same" : "left"} mark={marks[0]} />
      <Side text={right} pieces={pieces?.right} tone={same ? "same" : "right"} mark={marks[1]} />
    </>
  );
}

/** A step may be a book: this much of it is shown beside the other. */
const MOST_CHARACTERS = 20_000;

function Side({
  text,
  pieces,
  tone,
  mark,
}: {
  text: string | undefined;
  pieces: readonly Piece[] | undefined;
  tone: "same" | "left" | "right";
  mark: ReactNode;
}): ReactNode {
  const changed = tone === "left" ? "bg-wrong-soft" : "bg-right-soft";
  const strong = tone === "left" ? "bg-wrong/20" : "bg-correct/20";
  return (
    <div
      dir="auto"
      className={classNames(
        "flex min-w-0 border-r border-line px-4 py-1 text-body break-words whitespace-pre-wrap [unicode-bidi:isolate] last:border-r-0",
        text === undefined ? "bg-sunken" : tone === "same" ? "text-muted" : changed,
      )}
    >
      {mark}
      <span className="min-w-0 flex-1">
        {pieces === undefined
          ? visibleText(text?.slice(0, MOST_CHARACTERS) ?? "")
          : pieces.map((piece, place) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move.
                key={place}
                className={piece.same ? undefined : classNames("rounded-sm", strong)}
              >
                {visibleText(piece.text)}
              </span>
            ))}
        {text !== undefined && text.length > MOST_CHARACTERS && pieces === undefined && (
          <span className="text-fine text-muted"> … {text.length.toLocaleString("en")} characters</span>
        )}
      </span>
    </div>
  );
}
