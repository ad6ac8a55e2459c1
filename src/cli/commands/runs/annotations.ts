import { join } from "node:path";
import { type Command, Option } from "commander";
import type { Annotation } from "../../../runs/annotations/annotation.ts";
import { findRun, LOG_FILE } from "../../../runs/run-folder.ts";
import type { CommandContext } from "../../context.ts";
import { addPlaceOption, type PlaceFlags, rootOf } from "./runs-place.ts";

type TrainingFormat = "prm800k" | "o1-journey" | "human";

interface AnnotationsFlags extends PlaceFlags {
  format: TrainingFormat | "jsonl";
}

const EXAMPLES = `
Examples:
  sojourn runs annotations latest
  sojourn runs annotations latest --format prm800k > labels.jsonl
  sojourn runs annotations latest --format human > thoughts.jsonl
  sojourn augment thoughts.jsonl --writer openai/gpt-4o --out data`;

/** Adds `sojourn runs annotations`: what people said about a run in the studio, as it stands or as training data. */
export function addRunsAnnotationsCommand(runs: Command, context: CommandContext): void {
  const { output } = context;
  addPlaceOption(
    runs
      .command("annotations")
      .description("print what people said about a run in the studio, one JSON object a line")
      .argument("<run>", "a run's id, the beginning of one, or latest")
      .addOption(
        new Option(
          "--format <name>",
          "jsonl: as it stands; prm800k: step labels; human or o1-journey: long thoughts that people wrote",
        )
          .choices(["jsonl", "prm800k", "human", "o1-journey"])
          .default("jsonl"),
      ),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (name: string, flags: AnnotationsFlags) => {
      const root = rootOf(flags, context);
      const run = findRun(root, name);
      const folder = join(root, run);
      const { standingAnnotations } = await import("../../../runs/annotations/annotation.ts");
      const { readAnnotations } = await import("../../../runs/annotations/annotation-file.ts");
      const { annotations, unreadable } = readAnnotations(folder);
      const standing = standingAnnotations(annotations);
      const lines =
        flags.format === "jsonl"
          ? standing.map((annotation) => ({ run, ...annotation }))
          : await trainingLines(flags.format, standing, join(folder, LOG_FILE));
      for (const line of lines) output.line(JSON.stringify(line));
      if (unreadable > 0) output.note(`passed over ${unreadable} unreadable lines of annotations.jsonl`);
      output.note(`${lines.length} lines of ${standing.length} annotations`);
    });
}

async function trainingLines(
  format: TrainingFormat,
  standing: readonly Annotation[],
  log: string,
): Promise<object[]> {
  const { scanLog } = await import("../../../runs/log.ts");
  const { foldThoughts } = await import("../../../thought/fold-thought.ts");
  const lines = await import("../../../runs/annotations/training-lines.ts");
  // A run may hold thousands of thoughts: only those that somebody annotated are kept.
  const wanted = new Set(standing.map(({ question }) => question));
  let thoughts = foldThoughts.start();
  scanLog(log, (event) => {
    if (event.question !== undefined && wanted.has(event.question))
      thoughts = foldThoughts.apply(thoughts, event);
  });
  const write = {
    prm800k: lines.prm800kLines,
    "o1-journey": lines.longThoughtLines,
    human: lines.humanThoughtLines,
  };
  return write[format](standing, thoughts);
}
