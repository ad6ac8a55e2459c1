import { z } from "zod";
import { FailureError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import { questionInContext } from "../agents/question-in-context.ts";
import { askForObject } from "../agents/structured.ts";
import type { Thinking } from "../strategy.ts";
import type { Analysis } from "./analyse.ts";

/** What quality control said of an analysis. */
export interface Review {
  analysis: Analysis;
  /** In [0, 1]; absent where no usable score came: then the analysis counts as good enough. */
  score?: number | undefined;
  reason: string;
}

const form = z.object({
  reviews: z.array(
    z.object({
      task: z.union([z.number(), z.string()]),
      score: z.union([z.number(), z.string()]).nullish(),
      reason: z.string().nullish(),
    }),
  ),
});

/**
 * Has quality control (the judge) test all analyses in one call. An analysis without a score within 0 and 1 keeps none
 * and is not sent back, and a warning says so. Throws what `askAll` throws.
 */
export async function review(
  think: Thinking,
  question: Question,
  analyses: readonly Analysis[],
  round: number,
): Promise<Review[]> {
  const warn = (text: string): void => think.recorder.emit({ type: "warning-raised", text });
  const content = think.prompts("panel-review", {
    question: questionInContext(question),
    analyses: analyses
      .map(
        ({ subTask: { number, task, check }, text }) =>
          `Sub-task ${number}: ${task}\nCheck: ${check}\nAnalysis:\n${text}`,
      )
      .join("\n\n"),
  });
  let said: z.infer<typeof form>;
  try {
    said = await askForObject(think, {
      ...{ role: "judge", site: `review:${round}`, form },
      prompt: { messages: [{ role: "user", content }] },
    });
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    warn(`no review, so every analysis counts as good enough: ${error.message}`);
    return analyses.map((analysis) => ({ analysis, reason: "not reviewed" }));
  }
  return analyses.map((analysis): Review => {
    const { number } = analysis.subTask;
    const found = said.reviews.find(({ task }) => Number(task) === number);
    const reason = found?.reason?.replace(/\s+/g, " ").trim() || "no reason given";
    const score = scoreOf(found?.score);
    if (score === undefined) {
      const gave = found === undefined ? "nothing" : `the score ${found.score}`;
      warn(
        `quality control gave sub-task ${number} ${gave}, not a number from 0 to 1: it counts as good enough`,
      );
    }
    const text = `sub-task ${number}: ${score ?? "no score"}, ${reason}`;
    think.recorder.emit({ type: "agent-spoke", agent: "quality control", text });
    return { analysis, score, reason };
  });
}

/** A score as a number from 0 to 1; undefined for anything else. */
function scoreOf(said: number | string | null | undefined): number | undefined {
  if (said == null || (typeof said === "string" && said.trim() === "")) return undefined;
  const score = Number(said);
  return score >= 0 && score <= 1 ? score : undefined;
}
