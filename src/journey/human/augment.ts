import { keptAnswer } from "../boxed-answer.ts";
import type { ThoughtLine } from "../dataset.ts";
import { journeyPrompt } from "../prompt.ts";
import { type WriteManyOptions, writeMany } from "../write-many.ts";
import type { WritingTask } from "../writing.ts";
import { type HumanThought, humanLine } from "./human-thought.ts";

/**
 * How a human-written thought is made more of (O1 Journey, part 1): finer steps, pauses in which it looks back, and the
 * tone of a student who explores the problem for the first time.
 */
export type Augmentation = "granularity" | "gradual" | "explorer";

/** Human-written thoughts and what a writer made of them. */
export interface AugmentedThoughts {
  /** Each thought as it was written, then its augmentations. */
  lines: ThoughtLine[];
  /** Augmentations that were not kept, by reason. */
  faults: Record<string, number>;
}

/** Augments human-written thoughts. What comes to another answer is refused and, in the end, left out and counted. */
export async function augmentThoughts(
  thoughts: readonly HumanThought[],
  ways: readonly Augmentation[],
  options: WriteManyOptions,
): Promise<AugmentedThoughts> {
  const idOf = ({ id }: HumanThought, way: Augmentation): string => `${id}/${way}`;
  const tasks = new Map(
    thoughts.flatMap((thought) => ways.map((way) => [idOf(thought, way), taskOf(thought, way)] as const)),
  );
  const { texts, faults } = await writeMany("augment", tasks, options);
  const wording = options.request.roles.writer ?? options.request.model;
  const lines = thoughts.flatMap((thought) => {
    const own = humanLine(thought);
    const made = ways.flatMap((way): ThoughtLine[] => {
      const said = texts.get(idOf(thought, way));
      return said === undefined
        ? []
        : [{ ...own, id: idOf(thought, way), thought: said, wording: `${wording}, ${way}` }];
    });
    return [own, ...made];
  });
  return { lines, faults };
}

function taskOf({ question, answer, thought }: HumanThought, way: Augmentation): WritingTask {
  const written = thought.map(({ kind, text }) => (kind === "step" ? text : `(${kind}) ${text}`)).join("\n");
  return {
    system: journeyPrompt(`augment-${way}`),
    content: journeyPrompt("rewrite-thought", { question, thought: written, answer }),
    async read(text) {
      const kept = await keptAnswer(text, answer);
      if ("fault" in kept || way !== "granularity" || kept.lines.length >= thought.length) return kept;
      return { fault: `it has ${kept.lines.length} steps where the thought has ${thought.length}` };
    },
  };
}
