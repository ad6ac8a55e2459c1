import { z } from "zod";
import { FailureError } from "../../thought/errors.ts";
import type { ChatTemplate, TemplateMessage } from "../chat-template.ts";
import { BrokenReplyError } from "../failures.ts";
import { type Completion, completionSchema } from "./text-completion.ts";

/** A question and the steps of a thought about it, at least one. */
export interface ScoredThought {
  question: string;
  steps: readonly string[];
}

/** One way to ask a process reward model for the scores of all steps at once. */
export interface StepScoring {
  /** The path of the request, from the server's root. */
  path: string;
  body(model: string, thought: ScoredThought): object;
  /** The score of each step, in [0, 1]. Throws a BrokenReplyError, or a FailureError that says what to set. */
  read(reply: unknown, steps: number): number[];
}

const poolingSchema = z.object({
  data: z.array(z.object({ data: z.array(z.union([z.number(), z.array(z.number()).min(1)])) })).min(1),
});

/**
 * vLLM's pooling API (`POST /pooling`) for a model with step pooling, such as Qwen2.5-Math-PRM: the server's chat template
 * writes the thought, each step followed by the mark, and the reply has one row of numbers for each mark.
 *
 * A row of one number is the score. Of more numbers, the one at `place` is that of the good label; they are taken as they
 * are where they are probabilities, else made so (softmax).
 */
export function poolingScoring({ mark = "<extra_0>", place = "last" }: PoolingOptions): StepScoring {
  return {
    path: "/pooling",
    body: (model, { question, steps }) => ({
      model,
      messages: [
        { role: "user", content: question },
        { role: "assistant", content: steps.map((step) => step + mark).join("") },
      ],
      add_generation_prompt: false,
    }),
    read(reply, steps) {
      const parsed = poolingSchema.safeParse(reply);
      if (!parsed.success) throw new BrokenReplyError("garbled", "no data with numbers");
      const rows = parsed.data.data[0]?.data ?? [];
      if (rows.length !== steps) {
        throw new FailureError(
          `the server gave ${rows.length} rows of numbers for ${steps} steps: start it with step pooling, and set scores.mark of the provider in sojourn.yaml to the mark behind a step`,
        );
      }
      return rows.map((row) => shareOf(typeof row === "number" ? [row] : row, place));
    },
  };
}

/** What is particular to a pooling model. */
export interface PoolingOptions {
  /** Default that of Qwen2.5-Math-PRM. */
  mark?: string | undefined;
  place?: "first" | "last" | undefined;
}

/** What is particular to a model that says a good or a bad token. */
export interface TokenOptions {
  mark?: string | undefined;
  good?: string | undefined;
  bad?: string | undefined;
}

/**
 * A model that says a good or a bad token behind each step (Math-Shepherd, arXiv 2312.08935, whose mark is ` ки`): raw
 * completions of all beginnings of the thought in one request, each read off the log-probabilities of the next token.
 */
export function tokenScoring({ mark = " ки", good, bad }: TokenOptions): StepScoring {
  return nextTokenScoring({ good, bad }, ({ question, steps }) => {
    const lines = steps.map((step, index) => {
      const numbered = /^step \d+/i.test(step) ? step : `Step ${index + 1}: ${step}`;
      return numbered + mark;
    });
    return lines.map((_, index) => `${question} ${lines.slice(0, index + 1).join("\n")}`);
  });
}

/**
 * A model that says the token in a turn of its own (RLHFlow): each step is a turn of the user, the first one behind the
 * question, and the model has said that all earlier ones are right.
 */
export function turnScoring({ good, bad }: TokenOptions, template: ChatTemplate): StepScoring {
  return nextTokenScoring({ good, bad }, ({ question, steps }) => {
    const messages: TemplateMessage[] = [];
    return steps.map((step, index) => {
      if (index > 0) messages.push({ role: "assistant", content: good ?? "+" });
      messages.push({ role: "user", content: index === 0 ? `${question} ${step}` : step });
      return template(messages);
    });
  });
}

/** Next tokens that are looked at for the good and the bad one. */
const TOP = 10;

function nextTokenScoring(
  { good = "+", bad = "-" }: TokenOptions,
  promptsOf: (thought: ScoredThought) => string[],
): StepScoring {
  return {
    path: "/v1/completions",
    body: (model, thought) => ({
      ...{ model, prompt: promptsOf(thought), max_tokens: 1, temperature: 0, logprobs: TOP },
    }),
    read(reply, steps) {
      const parsed = completionSchema.safeParse(reply);
      if (!parsed.success) throw new BrokenReplyError("garbled", "no choices with a text");
      const choices = [...parsed.data.choices].sort((left, right) => left.index - right.index);
      if (choices.length !== steps) {
        throw new BrokenReplyError("garbled", `${choices.length} choices for ${steps} prompts`);
      }
      return choices.map((choice) => {
        const [right, wrong] = [probabilityOf(choice, good), probabilityOf(choice, bad)];
        if (right + wrong > 0) return right / (right + wrong);
        throw new FailureError(
          `the model says neither "${good}" nor "${bad}" behind a step: set scores.good, scores.bad and scores.mark of the provider in sojourn.yaml`,
        );
      });
    },
  };
}

/** How probable a token is as the next one, spaces around it aside; 0 where it is not among the likeliest. */
function probabilityOf({ logprobs }: Completion["choices"][number], token: string): number {
  const [top] = logprobs?.top_logprobs ?? [];
  const found = Object.entries(top ?? {}).filter(([text]) => text.trim() === token.trim());
  return found.reduce((sum, [, logprob]) => sum + Math.exp(logprob), 0);
}

/** The good label's share in a row of numbers. */
function shareOf(row: readonly number[], place: "first" | "last"): number {
  const at = place === "first" ? 0 : row.length - 1;
  const picked = row[at] ?? Number.NaN;
  const sum = row.reduce((all, value) => all + value, 0);
  const areShares = row.every((value) => value >= 0 && value <= 1) && Math.abs(sum - 1) < 0.02;
  if (row.length === 1 || areShares) return picked;
  const most = Math.max(...row);
  return Math.exp(picked - most) / row.reduce((all, value) => all + Math.exp(value - most), 0);
}
