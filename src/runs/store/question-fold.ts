import type { Event } from "../../thought/event.ts";
import { applyToThought, emptyThought, type Thought } from "../../thought/fold-thought.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import { analyzeStructure } from "../../thought/structure.ts";
import { latestScore, pathTo } from "../../thought/tree.ts";
import type { Usage } from "../../thought/usage.ts";
import { SessionClock } from "../elapsed.ts";
import type { RunFacts } from "./run-facts.ts";
import type { CallRow, StepRow, ThoughtRow } from "./thought-row.ts";

/** The rows of one question. */
export interface QuestionRows {
  thought: ThoughtRow;
  steps: StepRow[];
  calls: CallRow[];
}

/** Folds the events of one question, in the order of its log, into its rows. It reads nothing else. */
export class QuestionFold {
  readonly #run: RunFacts;
  readonly #question: string;
  readonly #ordinal: number;
  readonly #thought: Thought = emptyThought();
  readonly #clock: SessionClock;
  readonly #calls: CallRow[] = [];
  #usage: Usage = foldUsage.start();
  #createdAt: number | undefined;
  #model: string | undefined;

  /** @param ordinal the question's place in its run, from 0 */
  constructor(run: RunFacts, question: string, ordinal: number) {
    this.#run = run;
    this.#question = question;
    this.#ordinal = ordinal;
    this.#clock = new SessionClock(run.sessions);
  }

  /**
   * Takes up the next event.
   *
   * @param line the line of the log that holds it, counted from 1
   */
  add(event: Event, line: number): void {
    this.#createdAt ??= event.at;
    this.#clock.add(event, line);
    applyToThought(this.#thought, event);
    if (event.type !== "call-finished" && event.type !== "call-failed") return;
    this.#usage = foldUsage.apply(this.#usage, event);
    if (event.role === "policy") this.#model ??= event.model;
    this.#calls.push({
      run: this.#run.id,
      question: this.#question,
      ordinal: this.#calls.length,
      site: event.site,
      occurrence: event.occurrence,
      role: event.role,
      model: event.model,
      outcome: event.type === "call-finished" ? "finished" : event.outcome,
      error: event.type === "call-finished" ? null : event.error,
      samples: event.type === "call-finished" ? event.samples.length : 0,
      inputTokens: event.usage.inputTokens,
      outputTokens: event.usage.outputTokens,
      reasoningTokens: event.usage.reasoningTokens,
      estimatedOutputTokens: event.usage.estimatedOutputTokens,
      costUsd: event.usage.costUsd,
      wallMs: event.wallMs,
      finishedAt: event.at,
    });
  }

  /** True where the thinking has ended; its grading may still follow. */
  get ended(): boolean {
    return this.#thought.stopReason !== undefined;
  }

  /** The rows as they are after the events so far. */
  rows(): QuestionRows {
    return { thought: this.#thoughtRow(), steps: this.#stepRows(), calls: this.#calls };
  }

  #thoughtRow(): ThoughtRow {
    const thought = this.#thought;
    const { problem, tree } = thought;
    const text = textOf(thought);
    const { lines, words, markers } = analyzeStructure(text);
    const leaf = thought.node === undefined ? undefined : tree.find(thought.node);
    return {
      run: this.#run.id,
      question: this.#question,
      ordinal: this.#ordinal,
      command: this.#run.command,
      createdAt: this.#createdAt ?? 0,
      asked: thought.question?.text ?? "",
      problem: problem?.problem ?? null,
      sample: problem?.sample ?? null,
      source: problem?.source ?? null,
      family: problem?.family ?? null,
      tags: problem?.tags ?? {},
      level: problem?.tags["level"] ?? null,
      text,
      characters: text.length,
      answer: thought.answer ?? null,
      gold: problem?.gold ?? null,
      correct: thought.correct ?? null,
      checked: thought.checked,
      stopReason: thought.stopReason ?? null,
      strategy: thought.strategy ?? null,
      model: this.#model ?? this.#run.model,
      effort: this.#run.effort,
      tokens: this.#usage.outputTokens + this.#usage.estimatedOutputTokens,
      inputTokens: this.#usage.inputTokens,
      reasoningTokens: this.#usage.reasoningTokens,
      calls: this.#usage.calls,
      costUsd: this.#usage.costUsd,
      wallMs: this.#clock.elapsedMs,
      words,
      lines,
      steps: tree.size - 1,
      depth: leaf?.depth ?? 0,
      reward: (leaf === undefined ? undefined : latestScore(leaf)?.value) ?? null,
      markers,
    };
  }

  #stepRows(): StepRow[] {
    const { tree, node } = this.#thought;
    const leaf = node === undefined ? undefined : tree.find(node);
    const chosen = new Set(leaf === undefined ? [] : pathTo(leaf));
    const rows: StepRow[] = [];
    for (const step of tree.nodes()) {
      if (step.parent === undefined) continue;
      const score = latestScore(step);
      rows.push({
        run: this.#run.id,
        question: this.#question,
        node: step.id,
        parent: step.parent.id,
        depth: step.depth,
        ordinal: rows.length,
        text: step.text,
        reward: score?.value ?? null,
        scoredBy: score?.by ?? null,
        meanLogprob: step.meanLogprob ?? null,
        answer: step.answer ?? null,
        correct: step.correct ?? null,
        chosen: chosen.has(step),
        pruned: step.pruned ?? null,
      });
    }
    return rows;
  }
}

/** The chosen thought, or all that was thought and said where none was chosen. */
function textOf({ steps, walk, written }: Thought): string {
  if (steps.length > 0) return steps.join("\n");
  const all = walk.flatMap((mark) => (mark.kind === "step" || mark.kind === "spoke" ? mark.text : []));
  return all.join("\n").trim() || (written ?? "");
}
