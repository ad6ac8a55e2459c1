import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { listRuns } from "../src/runs/run-folder.ts";
import { type Event, eventSchema } from "../src/thought/event.ts";
import { calibrate } from "./calibration.ts";

/**
 * What a person who asks nano waits for: the time from the typed line to the first step on a terminal, and after the
 * first call began the share of the time in which no model call was under way. The command is the built one, on a
 * pseudo-terminal that `script` makes.
 */
const FIRST_STEP_BAR_MS = 1500;
const OUTSIDE_BAR = 0.1;
const ROUNDS = 5;

const lines = [
  ["Is 9.11 or 9.7 larger?"],
  ["How many r's are in strawberry?"],
  ["What is 347 + 586?"],
  ["Solve 3x + 5 = 26"],
  ["Use 3, 7 and 12 to make 33.", "--strategy", "vote", "--samples", "64"],
  ["Use 3, 7 and 12 to make 33.", "--strategy", "mcts", "--checker", "countdown"],
];

/** A line of the live tree or thought: its guides, then text. */
const step = /[│├└─] ?[\p{L}\p{N}]/u;

interface Timing {
  firstStepMs: number;
  outside: number;
  thinkingMs: number;
}

async function ask(words: readonly string[]): Promise<Timing> {
  const runs = mkdtempSync(join(tmpdir(), "sojourn-ask-bench-"));
  const quoted = ["node", "bin/sojourn.js", "ask", ...words].map(
    (word) => `'${word.replaceAll("'", "'\\''")}'`,
  );
  const startedAt = performance.now();
  const child = spawn("script", ["-qefc", `stty rows 40 cols 100; ${quoted.join(" ")}`, "/dev/null"], {
    env: { ...process.env, SOJOURN_RUNS: runs, TERM: "xterm" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let firstStepMs: number | undefined;
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    if (firstStepMs === undefined && step.test(stripVTControlCharacters(shown)))
      firstStepMs = performance.now() - startedAt;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0 || firstStepMs === undefined)
    throw new Error(`ask ended with ${code} and showed no step:\n${shown}`);
  const events = readFileSync(join(runs, listRuns(runs)[0] ?? "", "events.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => eventSchema.parse(JSON.parse(line)));
  rmSync(runs, { recursive: true });
  return { firstStepMs, ...timeOf(events) };
}

/** From the first call's start to the end of the question, and which part of it no call was under way. */
function timeOf(events: readonly Event[]): Omit<Timing, "firstStepMs"> {
  const calls = events.flatMap((event): [number, number][] =>
    event.type === "call-finished" || event.type === "call-failed"
      ? [[event.at - event.wallMs, event.at]]
      : [],
  );
  calls.sort(([left], [right]) => left - right);
  const start = calls[0]?.[0] ?? Number.NaN;
  const end = events.find((event) => event.type === "question-finished")?.at ?? Number.NaN;
  let busy = 0;
  let until = start;
  for (const [from, to] of calls) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return { outside: 1 - busy / (end - start), thinkingMs: end - start };
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

console.log(`calibration loop ${calibrate().toFixed(0)} ms; medians of ${ROUNDS} rounds\n`);
console.log(
  `| asked | first step, ms (bar ${FIRST_STEP_BAR_MS}) | thinking, ms | outside the model (bar 10%) |`,
);
console.log("| --- | ---: | ---: | ---: |");
let missed = 0;
for (const words of lines) {
  const rounds: Timing[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await ask(words));
  const firstStepMs = median(rounds.map((round) => round.firstStepMs));
  const outside = median(rounds.map((round) => round.outside));
  const thinkingMs = median(rounds.map((round) => round.thinkingMs));
  if (firstStepMs > FIRST_STEP_BAR_MS || outside > OUTSIDE_BAR) missed++;
  const cells = [
    words.join(" "),
    firstStepMs.toFixed(0),
    thinkingMs.toFixed(0),
    `${(100 * outside).toFixed(1)}%`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
console.log(missed === 0 ? "\nall bars are kept" : `\n${missed} lines miss a bar`);
process.exitCode = missed === 0 ? 0 : 1;
