import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { z } from "zod";
import { progressLineSchema } from "../../nano/training/progress-file.ts";
import type { CurvePoint, TrainingReply, TrainingsReply } from "./training-schema.ts";

type Line = z.infer<typeof progressLineSchema>;
type Step = Extract<Line, { kind: "step" }>;

/** A curve is drawn from at most so many points. */
const MOST_POINTS = 500;

/** A training that has said nothing for so long, in milliseconds, may have been killed. */
const SILENT_MS = 120_000;

/** How a training stands, by what it told. */
type Standing = Omit<TrainingsReply["rows"][number], "training">;

/** So many bytes at the end of a progress file hold its newest lines. */
const TAIL_BYTES = 16_384;

/** Reads how a training stands from the end of its progress file. */
export async function readStanding(path: string, now: number): Promise<Standing> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    return standingOf(linesOf(buffer.toString("utf8", 0, bytesRead).split("\n")), now);
  } finally {
    await file.close();
  }
}

/** Reads a training with its curves, as far as its progress file goes. */
export async function readTraining(path: string, now: number): Promise<Omit<TrainingReply, "training">> {
  const texts: string[] = [];
  for await (const text of createInterface({ input: createReadStream(path) })) texts.push(text);
  return trainingOf(linesOf(texts), now);
}

/** Lines that a kill has torn are passed over, and so is what a reader from the middle has of the first one. */
function linesOf(texts: readonly string[]): Line[] {
  return texts.flatMap((text) => {
    try {
      return progressLineSchema.parse(JSON.parse(text));
    } catch {
      return [];
    }
  });
}

/** Puts a training together of what it told. What was told again after a resume holds. */
function trainingOf(lines: readonly Line[], now: number): Omit<TrainingReply, "training"> {
  const steps: Step[] = [];
  const validation: CurvePoint[] = [];
  for (const line of lines) {
    if (line.kind === "step") {
      while (isBehind(steps.at(-1), line)) steps.pop();
      steps.push(line);
    } else if (line.kind === "validation") {
      while (isBehind(validation.at(-1), line)) validation.pop();
      validation.push({ step: line.step, value: line.loss });
    }
  }
  const newest = steps.at(-1);
  const names = [...new Set(steps.flatMap(({ measures = {} }) => Object.keys(measures)))];
  const measured = (name: string): CurvePoint[] =>
    steps.flatMap(({ step, measures = {} }) => {
      const value = measures[name];
      return value === undefined ? [] : [{ step, value }];
    });
  return {
    ...standingOf(lines, now),
    ...(newest && { pace: paceOf(newest) }),
    curves: [
      { name: "loss", points: inFewer(steps.map(({ step, loss }) => ({ step, value: loss }))) },
      ...(validation.length === 0 ? [] : [{ name: "validation loss", points: inFewer(validation) }]),
      ...names.map((name) => ({ name, points: inFewer(measured(name)) })),
    ],
  };
}

/** Whether what was told before stands at the step of a line or behind it, and so was lost. */
function isBehind(told: { step: number } | undefined, line: Line & { step: number }): boolean {
  return told !== undefined && told.step >= line.step;
}

function paceOf(step: Step): NonNullable<TrainingReply["pace"]> {
  const { tokens, tokensPerSecond, elapsedSeconds, remainingSeconds, learningRate } = step;
  return { tokens, tokensPerSecond, elapsedSeconds, remainingSeconds, learningRate };
}

function standingOf(lines: readonly Line[], now: number): Standing {
  const newest = lines.at(-1);
  const counted = lines.findLast((line) => line.kind === "step" || line.kind === "finished");
  const { step = 0, steps = null } = counted ?? {};
  const at = newest?.at ?? 0;
  const ended = newest?.kind === "finished" ? newest.reason : undefined;
  return {
    state:
      ended === "steps" && step === steps
        ? "finished"
        : ended !== undefined
          ? "stopped"
          : now - at > SILENT_MS
            ? "silent"
            : "running",
    ...{ step, steps, at },
    loss: lines.findLast((line) => line.kind === "step")?.loss ?? null,
  };
}

/** Means of neighbours, where there are more points than can be seen. */
function inFewer(points: readonly CurvePoint[]): CurvePoint[] {
  const together = Math.ceil(points.length / MOST_POINTS);
  if (together <= 1) return [...points];
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return Array.from({ length: Math.ceil(points.length / together) }, (_, place) => {
    const part = points.slice(place * together, (place + 1) * together);
    return { step: part.at(-1)?.step ?? 0, value: mean(part.map(({ value }) => value)) };
  });
}
