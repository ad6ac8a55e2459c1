import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { HeaderCell, Table } from "../../components/table.tsx";
import { ScrollRegion } from "../scroll-region.tsx";
import { ThoughtLine } from "./thought-line.tsx";
import { type ListedThought, thoughtKey } from "./use-thoughts.ts";

/** Every line has this height in pixels. */
const LINE = 56;
/** Height of the head, under which a line does not hide. */
const HEAD = 36;
/** Lines left before the end at which the next page is asked for. */
const AHEAD = 60;

/** Thoughts as a table of which only what is in sight is on the page; asks for more as its end comes near. */
export function ThoughtsTable({
  rows,
  total,
  cursor,
  picked,
  onPick,
  onChoose,
  onOpen,
  onEnd,
}: {
  rows: readonly ListedThought[];
  /** How many there are in all, where that is known. */
  total: number | undefined;
  /** Place of the cursor; -1 for none. */
  cursor: number;
  /** Runs that are picked. */
  picked: readonly string[];
  onPick: (run: string) => void;
  onChoose: (row: ListedThought) => void;
  onOpen: (row: ListedThought) => void;
  onEnd: () => void;
}): ReactNode {
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 10,
    scrollPaddingStart: HEAD,
    scrollMargin: HEAD,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last > rows.length - AHEAD) onEnd();
  }, [last, rows.length, onEnd]);
  useEffect(() => {
    if (cursor >= 0) virtual.scrollToIndex(cursor, { align: "auto" });
  }, [cursor, virtual]);
  return (
    <ScrollRegion ref={scroller} label="Thoughts" className="min-h-0 min-w-0 flex-1">
      <Table aria-rowcount={total === undefined ? -1 : total + 1} className="min-w-[60rem] table-fixed">
        <colgroup>
          {["w-14", "w-24", "", "w-40", "w-28", "w-20", "w-20", "w-36"].map((width, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
            <col key={place} className={width} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <HeaderCell>
              <span className="sr-only">Picked</span>
            </HeaderCell>
            <HeaderCell>Verdict</HeaderCell>
            <HeaderCell>Question and answer</HeaderCell>
            <HeaderCell>Strategy and model</HeaderCell>
            <HeaderCell>Reward</HeaderCell>
            <HeaderCell className="text-end!">Tokens</HeaderCell>
            <HeaderCell className="text-end!">Steps</HeaderCell>
            <HeaderCell className="pr-6 text-end!">When</HeaderCell>
          </tr>
        </thead>
        <tbody>
          <Spacer lines={first} />
          {items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <ThoughtLine
                key={thoughtKey(row)}
                thought={row}
                place={index}
                current={index === cursor}
                picked={picked.includes(row.run)}
                onPick={() => onPick(row.run)}
                onChoose={() => onChoose(row)}
                onOpen={() => onOpen(row)}
              />
            );
          })}
          <Spacer lines={rows.length - 1 - last} />
        </tbody>
      </Table>
    </ScrollRegion>
  );
}

/** Stands for lines that are not in sight. */
function Spacer({ lines }: { lines: number }): ReactNode {
  return lines > 0 && <tr style={{ height: lines * LINE }} />;
}
