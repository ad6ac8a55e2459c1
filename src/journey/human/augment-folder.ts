import { join } from "node:path";
import type { ModelRegistry } from "../../models/registry.ts";
import { writeWhole } from "../../runs/write-whole.ts";
import type { ThinkRequest } from "../../strategies/think-request.ts";
import { readJsonLines, writeJsonLines } from "../jsonl.ts";
import { withWriting } from "../writing-run.ts";
import { type Augmentation, augmentThoughts } from "./augment.ts";
import { humanThoughtSchema } from "./human-thought.ts";

/** How human-written thoughts are augmented. */
export interface AugmentRequest {
  /** JSONL of human-written thoughts. */
  file: string;
  ways: readonly Augmentation[];
  writer: ThinkRequest;
  seed: number;
}

/** `augment.json` beside the data set. */
export interface AugmentReport {
  file: string;
  thoughts: number;
  lines: number;
  /** Augmentations that were not kept, by reason. */
  faults: Record<string, number>;
}

/** Augments a file of human-written thoughts into a folder, see {@link augmentThoughts}; the same request goes on. */
export async function augmentFolder(
  { file, ways, writer, seed }: AugmentRequest,
  options: {
    out: string;
    registry: ModelRegistry;
    signal?: AbortSignal | undefined;
    onProgress?: ((done: number, all: number) => void) | undefined;
  },
): Promise<AugmentReport> {
  const { out, ...others } = options;
  const thoughts = readJsonLines(file, humanThoughtSchema);
  const request = { thoughts, ways, writer, seed };
  const { lines, faults } = await withWriting(out, { command: "augment", request, writer, seed }, (run) =>
    augmentThoughts(thoughts, ways, { request: writer, run, ...others }),
  );
  const report = { file: "human.jsonl", thoughts: thoughts.length, lines: lines.length, faults };
  writeJsonLines(join(out, report.file), lines);
  writeWhole(join(out, "augment.json"), [`${JSON.stringify(report, undefined, 2)}\n`]);
  return report;
}
