import type { Event } from "../../thought/event.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import type { Usage } from "../../thought/usage.ts";
import { type Cluster, clusteredProportion } from "../clustered-proportion.ts";
import type { Proportion } from "../proportion.ts";

/** How far an evaluation is, kept up to date by its events. */
export class EvaluationProgress {
  /** Questions in all. */
  readonly all: number;
  /** Questions that are graded. */
  done = 0;
  /** Those of them that an earlier session of the run had graded. */
  before = 0;
  failed = 0;
  usage: Usage = foldUsage.start();
  readonly #startedAt: number;
  readonly #clusters = new Map<string, Cluster>();
  /** Problems by question, and the questions whose thinking came to an end. */
  readonly #problems = new Map<string, string>();
  readonly #finished = new Set<string>();

  /** @param startedAt when this session began, in milliseconds since the epoch: older events were retraced */
  constructor(all: number, startedAt: number) {
    this.all = all;
    this.#startedAt = startedAt;
  }

  /** Takes up one event of the run. */
  add(event: Event): void {
    this.usage = foldUsage.apply(this.usage, event);
    if (event.question === undefined) return;
    if (event.type === "question-finished") this.#finished.add(event.question);
    if (event.type === "problem-revealed") this.#problems.set(event.question, event.problem);
    if (event.type !== "answer-graded" || event.node !== undefined) return;
    const problem = this.#problems.get(event.question) ?? event.question;
    const cluster = this.#clusters.get(problem) ?? { right: 0, trials: 0 };
    this.#clusters.set(problem, cluster);
    cluster.trials++;
    this.done++;
    if (event.correct) cluster.right++;
    if (!this.#finished.has(event.question)) this.failed++;
    if (event.at < this.#startedAt) this.before++;
  }

  /** Accuracy so far. */
  get accuracy(): Proportion {
    return clusteredProportion([...this.#clusters.values()]);
  }
}
