import { z } from "zod";
import { BudgetExhaustedError } from "../../models/budget.ts";
import type { Sample } from "../../models/client.ts";
import { ScoreFailure } from "../../rewards/reward.ts";
import { labelProbability, type StepLabel } from "../../rewards/step-labels.ts";
import { FailureError } from "../../thought/errors.ts";
import { roleChoices } from "../../thought/role-choices.ts";
import type { AgentRequest } from "../agents/ask-all.ts";
import { questionInContext } from "../agents/question-in-context.ts";
import { readObject } from "../agents/read-object.ts";
import { MOST_REPAIRS, repairOf } from "../agents/structured.ts";
import type { Thinking } from "../strategy.ts";
import type { Judge, Judging } from "./judge.ts";

/** The form of a judge's reply to the prompt `judge-steps`, for the steps with these numbers. */
function replyForm(numbers: readonly number[]) {
  const step = z.object({
    step: z.int(),
    reason: z.string().optional(),
    label: z.string().trim().toLowerCase().pipe(z.enum(roleChoices.judge)),
    sure: z.number().min(0).max(1).optional(),
  });
  return z.object({ steps: z.array(step) }).superRefine(({ steps }, context) => {
    const missing = numbers.filter((number) => !steps.some((one) => one.step === number));
    if (missing.length > 0) {
      context.addIssue({
        code: "custom",
        path: ["steps"],
        message: `no label for step ${missing.join(", ")}`,
      });
    }
  });
}

/**
 * Labels by a model that follows instructions: one call labels all open steps, each with a reason. A reply that does not
 * have the form is shown to the model again with what is wrong with it, at most twice; then the score fails. Repairs wait
 * for the score's turn, so that the order in which budget is reserved does not depend on what arrived first.
 */
export function writtenLabels(think: Thinking): Judge {
  const { client, settings } = think;
  /** Replies of scores of which the budget refused a repair, by site: they are paid for. */
  const paid = new Map<string, Sample>();

  async function ask(request: AgentRequest): Promise<Sample> {
    const found = paid.get(request.site);
    if (found !== undefined) return found;
    const [pending] = client.sample({ ...request, maxTokens: settings.maxTokens });
    if (pending === undefined) throw new RangeError("the client gave no sample");
    const sample = await pending;
    paid.set(request.site, sample);
    return sample;
  }

  return async (judging, { turn, signal }) => {
    const numbers = judging.open.map((part) => judging.parts.indexOf(part) + 1);
    const form = replyForm(numbers);
    const rounds = new Map<string, Sample>();
    const settle = (): void => {
      for (const sample of rounds.values()) sample.settle();
    };
    let request: AgentRequest = {
      ...{ role: "judge", site: `judge:${judging.node.id}`, temperature: 0, signal },
      prompt: { messages: [{ role: "user", content: promptOf(think, judging, numbers) }] },
      schema: z.toJSONSchema(form, { io: "input" }),
    };
    try {
      for (let repairs = 0; ; repairs++) {
        const sample = await ask(request);
        rounds.set(request.site, sample);
        const read = readObject(sample.text, form);
        if ("value" in read) {
          forget(rounds);
          return { labels: labelsIn(read.value, numbers), settle };
        }
        if (repairs === MOST_REPAIRS) {
          throw new FailureError(
            `the judge gave no usable reply in ${MOST_REPAIRS + 1} tries: ${read.wrong}`,
          );
        }
        await turn?.();
        settle();
        request = repairOf(think, request, sample.text, read.wrong, repairs);
      }
    } catch (error) {
      if (error instanceof BudgetExhaustedError) throw error;
      forget(rounds);
      throw new ScoreFailure(error, settle);
    }
  };

  function forget(rounds: ReadonlyMap<string, Sample>): void {
    for (const site of rounds.keys()) paid.delete(site);
  }
}

function promptOf(think: Thinking, { question, parts }: Judging, numbers: readonly number[]): string {
  return think.prompts("judge-steps", {
    question: questionInContext(question),
    thought: parts.map(({ text }, index) => `${index + 1}. ${text}`).join("\n"),
    numbers: numbers.join(", "),
  });
}

function labelsIn({ steps }: z.infer<ReturnType<typeof replyForm>>, numbers: readonly number[]): StepLabel[] {
  return numbers.flatMap((number) => {
    // Where a model labels a step twice it has changed its mind.
    const said = steps.findLast(({ step }) => step === number);
    if (said === undefined) return [];
    const reason = said.reason?.trim();
    return {
      probability: labelProbability(said.label, said.sure),
      ...(reason === undefined || reason === "" ? {} : { reason }),
    };
  });
}
