import { SessionClock } from "../../runs/elapsed.ts";
import type { Session } from "../../runs/manifest.ts";
import type { Event, EventOf, StopReason } from "../../thought/event.ts";
import type { Fold } from "../../thought/fold.ts";
import { applyToThought, emptyThought, type Thought } from "../../thought/fold-thought.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import { latestScore, stepsTo } from "../../thought/tree.ts";
import type { Usage } from "../../thought/usage.ts";

/** One graded answer to a problem: what runs are compared by, and what a report counts. */
export interface EvaluationRecord {
  /** The same in every run over the same problems. */
  problem: string;
  /** Which of several answers to the problem, from 0. */
  sample: number;
  /** `gym`, or the benchmark's name. */
  source: string;
  family: string;
  tags: Readonly<Record<string, string>>;
  /** The question as it was asked; empty where nothing was asked because the model does not know its kind. */
  text: string;
  gold: string;
  /** Absent where there is none, which is not correct. */
  answer?: string | undefined;
  correct: boolean;
  /** Why the grader says so; for a failed question what failed. */
  reason: string;
  /** True where the question failed: no thought came to an end. */
  failed: boolean;
  stopReason?: StopReason | undefined;
  /** The newest score of the chosen answer in [0, 1], where a reward gave one. */
  reward?: number | undefined;
  inputTokens: number;
  /** Estimated ones included. */
  outputTokens: number;
  /** Those of the output tokens that no backend reported. */
  estimatedOutputTokens: number;
  reasoningTokens: number;
  calls: number;
  /** US dollars; null where no price is known. */
  costUsd: number | null;
  /** From the question to its answer, over all sessions of the run. */
  wallMs: number;
  /** The strategy that ran last. */
  strategy: string;
  /** The policy's name. */
  model: string;
  /** The steps that led to the answer, one a line; without an answer those to the newest step. */
  thought: string;
}

/** An evaluation while it is read from its log. */
export interface EvaluationFold {
  readonly attempts: Map<string, Attempt>;
  /** Lines read so far. */
  line: number;
  /** Milliseconds of each finished call, in the order of the log. */
  readonly callMs: number[];
  /** The whole run's time over all sessions. */
  readonly clock: SessionClock;
}

/** One question of an evaluation: what is known of it so far. */
interface Attempt {
  /** Dropped when the answer is graded, since a thousand trees take room. */
  thought?: Thought | undefined;
  clock?: SessionClock | undefined;
  usage: Usage;
  record?: Omit<EvaluationRecord, TokenField> | undefined;
}

type TokenField =
  | "inputTokens"
  | "outputTokens"
  | "estimatedOutputTokens"
  | "reasoningTokens"
  | "calls"
  | "costUsd";

/**
 * The graded answers of an evaluation's log, kept up to date one event at a time.
 *
 * @param sessions the run's sessions, so that the time between them does not count
 * @param model what every record says of its model
 */
export function foldEvaluation(sessions: readonly Session[], model: string): Fold<EvaluationFold> {
  return {
    start: () => ({ attempts: new Map(), line: 0, callMs: [], clock: new SessionClock(sessions) }),
    apply(state, event) {
      state.line++;
      state.clock.add(event, state.line);
      if (event.type === "call-finished") state.callMs.push(event.wallMs);
      if (event.question === undefined) return state;
      let attempt = state.attempts.get(event.question);
      if (attempt === undefined) {
        attempt = { thought: emptyThought(), clock: new SessionClock(sessions), usage: foldUsage.start() };
        state.attempts.set(event.question, attempt);
      }
      applyToAttempt(attempt, event, state.line, model);
      return state;
    },
  };
}

/** The graded answers so far, by problem and sample in the natural order of the problems' ids. */
export function recordsOf({ attempts }: EvaluationFold): EvaluationRecord[] {
  const records = [...attempts.values()].flatMap(({ record, usage }): EvaluationRecord[] => {
    if (record === undefined) return [];
    const { inputTokens, outputTokens, estimatedOutputTokens, reasoningTokens, calls, costUsd } = usage;
    return [
      {
        ...record,
        ...{ inputTokens, estimatedOutputTokens, reasoningTokens, calls, costUsd },
        outputTokens: outputTokens + estimatedOutputTokens,
      },
    ];
  });
  return records.sort(byProblem);
}

const { compare } = new Intl.Collator("en", { numeric: true });

/** In natural order; ids that differ in leading zeros alone stay apart in the order of their letters. */
function byProblem(one: EvaluationRecord, other: EvaluationRecord): number {
  const [left, right] = [one.problem, other.problem];
  const apart = left < right ? -1 : 1;
  return compare(left, right) || (left === right ? one.sample - other.sample : apart);
}

function applyToAttempt(attempt: Attempt, event: Event, line: number, model: string): void {
  attempt.usage = foldUsage.apply(attempt.usage, event);
  const { thought, clock } = attempt;
  if (thought === undefined || clock === undefined) return;
  applyToThought(thought, event);
  if (event.type !== "problem-revealed" && event.type !== "answer-graded") clock.add(event, line);
  if (event.type !== "answer-graded" || event.node !== undefined || thought.problem === undefined) return;
  attempt.record = recordOf(thought, thought.problem, event, { wallMs: clock.elapsedMs, model });
  attempt.thought = undefined;
  attempt.clock = undefined;
}

function recordOf(
  thought: Thought,
  { problem, sample, source, family, tags, gold }: EventOf<"problem-revealed">,
  { answer, correct, reason }: EventOf<"answer-graded">,
  { wallMs, model }: { wallMs: number; model: string },
): Omit<EvaluationRecord, TokenField> {
  const { tree, node, question, stopReason, strategy = "" } = thought;
  const leaf = node === undefined ? undefined : tree.find(node);
  const reward = leaf === undefined ? undefined : latestScore(leaf)?.value;
  return {
    ...{ problem, sample, source, family, tags, gold, answer, correct, reason, reward, stopReason },
    ...{ strategy, model, wallMs },
    text: question?.text ?? "",
    failed: stopReason === undefined,
    thought: thoughtText(thought),
  };
}

function thoughtText({ steps, answer, tree }: Thought): string {
  if (answer !== undefined) return steps.join("\n");
  const newest = [...tree.nodes()].at(-1) ?? tree.root;
  return stepsTo(newest)
    .filter((step) => step !== "")
    .join("\n");
}
