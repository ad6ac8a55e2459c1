import type { Budget } from "../../models/budget.ts";
import type { ModelClient } from "../../models/client.ts";
import type { Recorder } from "../../runs/recorder.ts";
import type { Question } from "../../thought/question.ts";
import { type Effort, efforts } from "../effort.ts";
import type { Prompts } from "../prompt.ts";
import type { Answer, StrategySettings } from "../strategy.ts";
import { Reporter } from "./reporter.ts";
import { summarize } from "./summarizer.ts";
import { type Written, write } from "./writer.ts";

/** Share of the budget that is set apart for summaries that a model writes. */
const SUMMARIES_SHARE = 0.1;

/** A tenth of fewer tokens than this holds no summary. */
const LEAST_TOKENS = 5_000;

/** What a report is made with. */
export interface ReportOptions {
  question: Question;
  effort: Effort;
  settings: StrategySettings;
  recorder: Recorder;
  prompts: Prompts;
  signal: AbortSignal;
  /** The question's budget. What summaries may cost is set apart from it. */
  budget: Budget;
  /** The question's client. */
  client: ModelClient;
  /** A client for the same models with a budget of its own. */
  clientWith(budget: Budget): ModelClient;
}

/** What goes on beside and behind the thinking: summaries of its stages, and the writing of the answer. */
export interface Report {
  /** For the strategy, in place of the question's own. */
  recorder: Recorder;
  /** All summaries so far; undefined where there are none. */
  readonly summary: string | undefined;
  /** Completes the report once the strategy is done, and gives the answer as the writer put it, if one did. */
  finish(answer: Answer): Promise<string | undefined>;
  /** Stops what is still being written. */
  cancel(): void;
}

/** Opens the report that the settings ask for; undefined where they ask for none. */
export function openReport(options: ReportOptions): Report | undefined {
  const { question, effort, settings, prompts, client, budget } = options;
  const { order, maxTokens } = settings;
  const dear = efforts.indexOf(effort) >= efforts.indexOf("high");
  const instructed = client.traits("summarizer").followsInstructions;
  const summed = settings.summaries === "auto" ? dear && instructed : settings.summaries;
  const writes =
    client.traits("writer").followsInstructions && (settings.writer === "auto" ? dear : settings.writer);
  if (!summed && !writes) return undefined;

  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const byModel = summed && instructed && (budget.limits.tokens ?? LEAST_TOKENS) >= LEAST_TOKENS;
  const aside = byModel ? options.clientWith(budget.setAside(SUMMARIES_SHARE)) : client;
  const reporter = new Reporter({
    ...{ recorder: options.recorder, order },
    summaries: byModel
      ? (stage) => summarize({ question, stage, client: aside, prompts, maxTokens, signal })
      : summed
        ? "steps"
        : undefined,
  });

  return {
    recorder: reporter,
    get summary() {
      return reporter.summary;
    },
    async finish({ text: answer, thought }) {
      const { recorder } = options;
      const written: Promise<Written> =
        writes && answer !== undefined
          ? write({ question, answer, thought, client, recorder, prompts, maxTokens, signal })
          : Promise.resolve({});
      await reporter.finish(written, options.signal);
      return (await written).text;
    },
    cancel: () => stop.abort(new Error("not needed any more")),
  };
}
