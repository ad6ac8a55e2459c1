import type { Proposal } from "../../search/search.ts";
import type { Question } from "../../thought/question.ts";
import { askOne } from "../agents/ask-all.ts";
import { readLabelledReply } from "../reply.ts";
import type { Thinking } from "../strategy.ts";
import type { Review } from "./review.ts";

/**
 * Has the writer put the answer together. A reply without `Answer:` is the answer as a whole. Throws what `askOne`
 * throws.
 */
export async function write(
  think: Thinking,
  question: Question,
  reviews: readonly Review[],
): Promise<Proposal> {
  const analyses = reviews.map(({ analysis: { subTask, text }, score, reason }) => {
    const quality = score === undefined ? "not reviewed" : `${score} of 1, ${reason}`;
    return `Sub-task ${subTask.number}: ${subTask.task}\n${text}\n(quality control: ${quality})`;
  });
  const asked = think.prompts("panel-analyses", {
    ...{ question: question.text, analyses: analyses.join("\n\n") },
  });
  const { text } = await askOne(think, {
    role: "writer",
    site: "write",
    prompt: {
      system: [question.system, think.prompts("panel-write")].filter(Boolean).join("\n\n"),
      messages: [...(question.turns ?? []), { role: "user", content: asked }],
    },
  });
  think.recorder.emit({ type: "agent-spoke", agent: "writer", text });
  const { steps, answer } = readLabelledReply(text);
  if (answer !== undefined) return { steps, answer };
  return text.trim() === "" ? { steps: [] } : { steps: [], answer: text.trim() };
}
