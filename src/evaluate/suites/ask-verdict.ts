import { z } from "zod";
import { askForObject } from "../../strategies/agents/structured.ts";
import type { StrategyEntry } from "../../strategies/registry.ts";

/**
 * A strategy by which a judge gives one of a few verdicts: the question's text is the whole prompt, which asks for
 * `{"reason": ..., "verdict": ...}`; the answer is the verdict. A reply in another form is asked for again, at most twice;
 * then the question fails.
 */
export function verdictStrategy(verdicts: readonly [string, ...string[]]): StrategyEntry {
  const form = z.object({
    reason: z.string().default(""),
    verdict: z.string().trim().toLowerCase().pipe(z.enum(verdicts)),
  });
  return {
    name: "verdict",
    description: "a judge's verdict on a reply",
    needsInstructions: true,
    defaults: { temperature: 0, summaries: false, writer: false },
    async run(question, think) {
      const { reason, verdict } = await askForObject(think, {
        ...{ role: "judge", site: "verdict", form },
        prompt: { messages: [{ role: "user", content: question.text }] },
      });
      const node = "0.0";
      const { recorder } = think;
      recorder.emit({ type: "step-added", node, parent: "0", text: reason });
      recorder.emit({ type: "answer-proposed", node, answer: verdict });
      recorder.emit({ type: "answer-chosen", node, answer: verdict, reason: "the judge's", checked: false });
      const candidates = [{ answer: verdict, votes: 1 }];
      return { text: verdict, stopReason: "answered", thought: [reason], candidates, checked: false };
    },
  };
}
