import { keptAnswer } from "../boxed-answer.ts";
import type { ThoughtLine } from "../dataset.ts";
import { journeyPrompt } from "../prompt.ts";
import { type WriteManyOptions, writeMany } from "../write-many.ts";

/** Lines in a writer's words, and those that stay as they were, by reason. */
export interface RewrittenLines {
  lines: ThoughtLine[];
  fallbacks: Record<string, number>;
}

/**
 * Has a writer write thoughts out longer, step by step, with a boxed answer (O1 Journey, part 2). What comes to another
 * answer is refused; a thought of which every attempt was refused stays as it was and is counted.
 */
export async function rewriteLines(
  lines: readonly ThoughtLine[],
  options: WriteManyOptions,
): Promise<RewrittenLines> {
  const tasks = new Map(
    lines.map(({ id, question, thought, answer }) => [
      id,
      {
        system: journeyPrompt("rewrite"),
        content: journeyPrompt("rewrite-thought", { question, thought: thought.join("\n"), answer }),
        read: (text: string) => keptAnswer(text, answer),
      },
    ]),
  );
  const { texts, faults } = await writeMany("rewrite", tasks, options);
  const wording = options.request.roles.writer ?? options.request.model;
  return {
    lines: lines.map((line) => {
      const thought = texts.get(line.id);
      return thought === undefined ? line : { ...line, thought, wording };
    }),
    fallbacks: faults,
  };
}
