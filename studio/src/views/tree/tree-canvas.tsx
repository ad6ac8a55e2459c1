import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from "react";
import type { Thought, Tree } from "sojourn/thought";
import { useTheme } from "../../theme/theme.ts";
import { layoutTree } from "./layout.ts";
import { looksOf } from "./looks.ts";
import { readPalette } from "./palette.ts";
import { boxOf, type Grows } from "./scene.ts";
import { TreePainter } from "./tree-painter.ts";
import { fitted, floorOf } from "./viewport.ts";

/** What a view may ask of the picture. */
export interface TreeCanvasHandle {
  /** Brings all of the tree into sight, and keeps it there while it grows. */
  fit(): void;
  /** Comes closer by a factor, or goes away below 1. */
  zoom(factor: number): void;
  /** Which way it grows on the screen. */
  grows(): Grows;
}

/** What the picture shows, and who is told of clicks. */
export interface TreeCanvasProps {
  /** The tree that is laid out: while a thought is replayed the whole one, so that nodes appear where they will stay. */
  whole: Tree;
  /** The thought at the moment that is shown. */
  thought: Thought;
  /** Counts up whenever either has changed. */
  version: string | number;
  /** Default: whichever way fits the place better. */
  grows?: Grows | undefined;
  selected?: string | undefined;
  onSelect: (node: string) => void;
  /** Told of the node under the pointer. */
  onHover?: ((node: string | undefined) => void) | undefined;
  ref?: Ref<TreeCanvasHandle> | undefined;
  className?: string | undefined;
}

/**
 * A reasoning tree on a canvas: colour is reward, shape is right, wrong or open, faint is given up. Drag or scroll to pan,
 * pinch or Ctrl-scroll to zoom, click to select. What a node says stands in the detail beside it, for those who cannot see
 * the picture as well.
 */
export function TreeCanvas(props: TreeCanvasProps): ReactNode {
  const { whole, thought, version, selected, onSelect, onHover, ref, className } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<TreePainter | undefined>(undefined);
  const { theme } = useTheme();
  const layout = useMemo(() => layoutTree(whole), [whole, whole.size]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the thought changes in place; the version says when.
  const looks = useMemo(() => looksOf(layout, thought), [layout, thought, version]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read off the page.
  const palette = useMemo(readPalette, [theme]);
  const handlers = useRef({ onSelect, onHover });
  handlers.current = { onSelect, onHover };

  useEffect(() => {
    if (canvas.current === null) return;
    const created = new TreePainter(canvas.current, {
      onSelect: (node) => handlers.current.onSelect(node),
      onHover: (node) => handlers.current.onHover?.(node),
    });
    painter.current = created;
    return () => created.close();
  }, []);

  useEffect(() => {
    const { clientWidth, clientHeight } = canvas.current ?? { clientWidth: 1, clientHeight: 1 };
    const grows = props.grows ?? betterWay(layout, clientWidth, clientHeight, painter.current?.grows);
    painter.current?.show({ layout, looks, grows, palette });
  }, [layout, looks, palette, props.grows]);

  useEffect(() => painter.current?.select(selected), [selected]);

  useImperativeHandle(ref, () => ({
    fit: () => painter.current?.fit(),
    zoom: (factor) => painter.current?.zoom(factor),
    grows: () => painter.current?.grows ?? "right",
  }));

  return (
    <canvas
      ref={canvas}
      tabIndex={0}
      role="img"
      aria-label={`Reasoning tree of ${thought.tree.size - 1} steps. Arrow keys move the cursor; what it stands on is told beside the picture.`}
      className={className ?? "block size-full cursor-grab touch-none active:cursor-grabbing"}
    />
  );
}

/** To the right there is room for words: it may be somewhat smaller. */
const FOR_WORDS = 1.25;

/** A tree that grows keeps its way unless the other one would show it so much larger. */
const TURN_FROM = 1.7;

/** The way in which more of the tree can be read: the one that is shown larger. */
function betterWay(
  layout: ReturnType<typeof layoutTree>,
  width: number,
  height: number,
  before: Grows | undefined,
): Grows {
  const scaleOf = (grows: Grows): number => {
    const box = boxOf({ layout, grows });
    return fitted(box, width, height, floorOf(box, width, height, grows)).scale;
  };
  const right = scaleOf("right") * FOR_WORDS * (before === "right" ? TURN_FROM : 1);
  return right >= scaleOf("down") * (before === "down" ? TURN_FROM : 1) ? "right" : "down";
}
