import { Box, render, Text, useStdout } from "ink";
import { useEffect, useState } from "react";
import { wrapText } from "./display-width.ts";
import { fitLines, summaryLines } from "./fit-lines.ts";
import { formatCost, formatCount, formatDuration, plural, singleLine } from "./format.ts";
import { headline, type LiveState } from "./live-state.ts";
import type { Tone, TreeLine } from "./tree-lines.ts";

/** Milliseconds between two frames: fast enough to feel live, slow enough to cost nothing. */
const FRAME_MS = 80;

/** Most lines of the question; a longer one would leave no room for the thinking. */
const QUESTION_LINES = 3;

/** Lines beside the question and the tree: headline, facts, two blanks, and the one that the cursor needs. */
const LINES_AROUND = 5;

const styles: Record<Tone, { color?: string; dimColor?: boolean }> = {
  chosen: { color: "green" },
  answered: { color: "cyan" },
  open: {},
  live: { dimColor: true },
  pruned: { dimColor: true },
  note: { dimColor: true },
};

/** A view on the screen that draws the state until it is closed. */
export interface LiveScreen {
  /** Takes the view off the screen, so that what is printed next stands in its place. */
  close(): Promise<void>;
}

/** Draws a question while it is thought about, its tree or the summaries of it. Only for a terminal: elsewhere every frame would be kept. */
export function openLiveScreen(
  state: LiveState,
  startedAt: number,
  { summary = false }: { summary?: boolean } = {},
): LiveScreen {
  const options = { exitOnCtrlC: false, patchConsole: false };
  const screen = render(<Frame state={state} startedAt={startedAt} summary={summary} />, options);
  return {
    async close() {
      screen.rerender(null);
      screen.unmount();
      await screen.waitUntilExit();
    },
  };
}

function Frame(props: { state: LiveState; startedAt: number; summary: boolean }) {
  const { state, startedAt, summary } = props;
  const [, setFrame] = useState(0);
  const { stdout } = useStdout();
  useEffect(() => {
    const timer = setInterval(() => setFrame((frame) => frame + 1), FRAME_MS);
    return () => clearInterval(timer);
  }, []);

  const { columns = 80, rows = 24 } = stdout;
  const question = clipped(wrapText(singleLine(state.thought.question?.text ?? ""), columns - 2));
  const room = Math.max(2, rows - LINES_AROUND - question.length);
  const lines = summary ? summaryLines(state, { room, columns }) : fitLines(state, room);
  return (
    <Box flexDirection="column" paddingX={1}>
      <Text bold>{question.join("\n")}</Text>
      <Text dimColor wrap="truncate">
        {headline(state)}
      </Text>
      <Box flexDirection="column" marginY={1}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity beyond their place
          <Line key={index} line={line} />
        ))}
      </Box>
      <Text dimColor wrap="truncate">
        {footline(state, startedAt)}
      </Text>
    </Box>
  );
}

function Line({ line: { indent, bar, text, tone, score } }: { line: TreeLine }) {
  return (
    <Box>
      <Box flexShrink={0}>
        <Text dimColor>{`${"│ ".repeat(indent)}${bar} `}</Text>
      </Box>
      <Text wrap="truncate" {...styles[tone]}>
        {text}
      </Text>
      <Box flexShrink={0}>
        <Text dimColor>{score === undefined ? "" : `  ${score.toFixed(2)}`}</Text>
      </Box>
    </Box>
  );
}

function clipped(lines: string[]): string[] {
  if (lines.length <= QUESTION_LINES) return lines;
  return [...lines.slice(0, QUESTION_LINES - 1), `${lines[QUESTION_LINES - 1]?.slice(0, -1)}…`];
}

function footline({ usage, writing }: LiveState, startedAt: number): string {
  return [
    `${formatCount(usage.outputTokens + usage.estimatedOutputTokens)} tokens`,
    plural(usage.calls, "call"),
    formatCost(usage.costUsd),
    formatDuration(Date.now() - startedAt),
    ...(writing.size === 0 ? [] : [`${writing.size} being written`]),
  ].join(" · ");
}
