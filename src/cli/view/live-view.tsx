import { Box, render, Text, useStdout } from "ink";
import { useEffect, useState } from "react";
import { formatCost, formatCount, formatDuration, plural } from "./format.ts";
import type { LiveState } from "./live-state.ts";
import { type Tone, type TreeLine, treeLines } from "./tree-lines.ts";

/** Milliseconds between two frames: fast enough to feel live, slow enough to cost nothing. */
const FRAME_MS = 80;

/** Lines that stand around the tree: question, strategy, usage and the blanks between them. */
const LINES_AROUND = 7;

const styles: Record<Tone, { color?: string; dimColor?: boolean; bold?: boolean; strikethrough?: boolean }> =
  {
    chosen: { color: "green" },
    answered: { color: "cyan" },
    open: {},
    live: { dimColor: true },
    pruned: { dimColor: true, strikethrough: true },
  };

/** A view on the screen that draws the state until it is closed. */
export interface LiveScreen {
  /** Draws the last frame and leaves it standing. */
  close(): Promise<void>;
}

/** Draws a question while it is thought about. Only for a terminal: elsewhere every frame would be kept. */
export function openLiveScreen(state: LiveState, startedAt: number): LiveScreen {
  const screen = render(<Frame state={state} startedAt={startedAt} />, {
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    async close() {
      screen.rerender(<Frame state={state} startedAt={startedAt} />);
      screen.unmount();
      await screen.waitUntilExit();
    },
  };
}

function Frame({ state, startedAt }: { state: LiveState; startedAt: number }) {
  const [, setFrame] = useState(0);
  const { stdout } = useStdout();
  useEffect(() => {
    const timer = setInterval(() => setFrame((frame) => frame + 1), FRAME_MS);
    return () => clearInterval(timer);
  }, []);

  const room = Math.max(4, (stdout.rows ?? 24) - LINES_AROUND);
  const lines = fittingLines(state, room);
  return (
    <Box flexDirection="column" paddingX={1}>
      <Text bold>{state.thought.question?.text ?? ""}</Text>
      <Text dimColor>{headline(state)}</Text>
      <Box flexDirection="column" marginTop={1}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity beyond their place
          <Line key={index} line={line} />
        ))}
      </Box>
      {state.thought.stopReason === undefined && <Text dimColor>{footline(state, startedAt)}</Text>}
    </Box>
  );
}

function Line({ line }: { line: TreeLine }) {
  const score = line.score === undefined ? "" : `  ${line.score.toFixed(2)}`;
  return (
    <Box>
      <Text dimColor>{`${"│ ".repeat(line.indent)}${line.text.startsWith("= ") ? "└ " : "│ "}`}</Text>
      <Text wrap="truncate" {...styles[line.tone]}>
        {line.text}
      </Text>
      <Text dimColor>{score}</Text>
    </Box>
  );
}

/** As many lines as fit: shorter tails first, then the newest lines alone. */
function fittingLines(state: LiveState, room: number): TreeLine[] {
  const { tree, node } = state.thought;
  const chosen = node === undefined ? undefined : tree.find(node);
  let lines: TreeLine[] = [];
  for (const tail of [12, 6, 3, 2, 1]) {
    lines = treeLines(tree, { chosen, live: state.writing, tail });
    if (lines.length <= room) return lines;
  }
  return lines.slice(-room);
}

function headline({ thought, model, reason }: LiveState): string {
  const what = `${thought.strategy ?? "…"} over ${model}`;
  return reason === "" ? what : `${what} · ${reason}`;
}

function footline({ usage }: LiveState, startedAt: number): string {
  return [
    `${formatCount(usage.outputTokens + usage.estimatedOutputTokens)} tokens`,
    plural(usage.calls, "call"),
    formatCost(usage.costUsd),
    formatDuration(Date.now() - startedAt),
  ].join(" · ");
}
