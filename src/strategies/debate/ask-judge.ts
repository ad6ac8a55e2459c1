import { z } from "zod";
import { FailureError } from "../../thought/errors.ts";
import type { Question } from "../../thought/question.ts";
import { stepsTo, type TreeNode } from "../../thought/tree.ts";
import { askAll, refusalIn } from "../agents/ask-all.ts";
import { questionInContext } from "../agents/question-in-context.ts";
import { askForObject } from "../agents/structured.ts";
import type { Trajectory } from "../agents/trajectory.ts";
import type { Thinking } from "../strategy.ts";

const form = z.object({ reason: z.string().trim().optional(), best: z.number() });

/**
 * Asks the judge which of several solutions is right; undefined where it gave no usable verdict. A model that was
 * trained for the role (nano) gives each answer a probability, all asked at once, and the likeliest wins. Throws what
 * `askAll` throws.
 */
export async function askJudge(
  think: Thinking,
  question: Question,
  trajectory: Trajectory,
  candidates: readonly TreeNode[],
): Promise<TreeNode | undefined> {
  const trained = think.client.traits("judge").chooses?.includes("judge") === true;
  if (trained) return likeliest(think, question, trajectory, candidates);
  const shown = candidates.map((leaf, index) => {
    const steps = linesOf(leaf).join("\n");
    return `Candidate ${index + 1}:\n${steps}\nAnswer: ${leaf.answer}`;
  });
  const content = think.prompts("debate-judge", {
    ...{ question: questionInContext(question), candidates: shown.join("\n\n") },
  });
  try {
    const { best, reason } = await askForObject(think, {
      ...{ role: "judge", site: "judge", form, prompt: { messages: [{ role: "user", content }] } },
    });
    const words = `candidate ${best}${reason ? `: ${reason.replace(/\s+/g, " ")}` : ""}`;
    think.recorder.emit({ type: "agent-spoke", agent: "judge", text: words });
    const chosen = candidates[best - 1];
    if (chosen === undefined) warn(think, `there is no candidate ${best} among ${candidates.length}`);
    return chosen;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    warn(think, error.message);
    return undefined;
  }
}

async function likeliest(
  think: Thinking,
  question: Question,
  trajectory: Trajectory,
  candidates: readonly TreeNode[],
): Promise<TreeNode | undefined> {
  const replies = await askAll(
    think,
    candidates.map((leaf) => ({
      ...{ role: "judge", choose: "judge", site: `judge:${leaf.id}`, maxTokens: 1 },
      prompt: {
        messages: [{ role: "user", content: question.text }],
        ...{ prefill: linesOf(leaf).join("\n"), answer: leaf.answer },
      },
    })),
  );
  let best: TreeNode | undefined;
  let highest = -1;
  for (const [index, leaf] of candidates.entries()) {
    const reply = replies[index];
    if (reply === undefined || "failed" in reply) continue;
    const { text, choices } = reply.sample;
    const good = choices?.["good"] ?? (text === "good" ? 1 : 0);
    trajectory.score(leaf, { value: Math.min(1, Math.max(0, good)), by: "judge" });
    if (good > highest) [best, highest] = [leaf, good];
  }
  // The best of some is no verdict on all.
  const refusal = refusalIn(replies);
  if (refusal !== undefined) throw refusal;
  if (best === undefined) warn(think, "no candidate could be judged");
  else {
    const text = `${best.answer} (good with probability ${highest.toFixed(2)})`;
    think.recorder.emit({ type: "agent-spoke", agent: "judge", text });
  }
  return best;
}

function warn(think: Thinking, why: string): void {
  think.recorder.emit({
    type: "warning-raised",
    text: `the judge decided nothing, so the newest solution stands: ${why}`,
  });
}

function linesOf(leaf: TreeNode): string[] {
  return stepsTo(leaf).filter((step) => step !== "");
}
