import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { latestScore } from "sojourn/thought";
import { useTheme } from "../../theme/theme.ts";
import type { ThoughtRow } from "./thought-rows.ts";

const WIDTH = 56;

/**
 * The whole thought on one strip, however long it is: scores by colour, returns and reflections on the left, hits on the
 * right, and a frame around what is in sight. Pressing or dragging goes there.
 */
export function ThoughtMap({
  rows,
  hits,
  first,
  last,
  onGo,
}: {
  rows: readonly ThoughtRow[];
  /** Rows in which the wanted words stand. */
  hits: readonly number[];
  /** The first and last row in sight. */
  first: number;
  last: number;
  onGo: (row: number) => void;
}): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, setHeight] = useState(0);
  const { theme } = useTheme();
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setHeight(Math.floor(entry?.contentRect.height ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours that are read from the page.
  useEffect(() => {
    if (canvas.current !== null && height > 0) draw(canvas.current, height, rows, hits);
  }, [rows, hits, height, theme]);
  const go = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    onGo(Math.min(rows.length - 1, Math.floor(part * rows.length)));
  };
  const count = Math.max(1, rows.length);
  return (
    <div
      aria-hidden="true"
      className="relative hidden w-14 shrink-0 cursor-pointer touch-none border-l border-line bg-panel select-none md:block"
      onPointerDown={go}
      onPointerMove={go}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      <div
        className="absolute inset-x-0 min-h-1.5 rounded-sm border border-accent bg-accent/10"
        style={{ top: `${(100 * first) / count}%`, height: `${(100 * (last + 1 - first)) / count}%` }}
      />
    </div>
  );
}

/** Rows are thicker than a few pixels only in short thoughts. */
const THICKEST = 6;

function draw(
  canvas: HTMLCanvasElement,
  height: number,
  rows: readonly ThoughtRow[],
  hits: readonly number[],
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = WIDTH * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext("2d");
  if (context === null || rows.length === 0) return;
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const color = (name: string): string => style.getPropertyValue(`--${name}`);
  const scale = [color("reward-low"), color("reward-middle"), color("reward-high")];
  const none = color("line");
  const each = height / rows.length;
  const thick = Math.min(THICKEST, Math.max(1, each - (each > 3 ? 1 : 0)));
  for (const [index, row] of rows.entries()) {
    const top = index * each;
    if (row.kind === "step") {
      const score = latestScore(row.node);
      context.fillStyle =
        score === undefined ? none : (scale[Math.min(2, Math.floor(score.value * 3))] ?? none);
      const width = Math.min(28, 4 + row.node.text.length / 4);
      context.globalAlpha = row.chosen ? 1 : 0.55;
      context.fillRect(14, top, width, thick);
      context.globalAlpha = 1;
    }
    const mark =
      row.kind === "return" ? color("accent") : row.kind === "step" && row.reflects ? color("caution") : "";
    if (mark !== "") {
      context.fillStyle = mark;
      context.fillRect(5, top, 5, Math.max(1.5, thick));
    }
  }
  context.fillStyle = color("ink");
  for (const index of hits) context.fillRect(46, index * each, 6, Math.max(1.5, thick));
}
