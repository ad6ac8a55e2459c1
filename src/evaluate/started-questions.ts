import type { RunLog } from "../runs/run-log.ts";
import type { Question } from "../thought/question.ts";

/**
 * Sees to it that every question of a run is in its log: a model that does not know a question's kind refuses it before
 * anything is logged.
 */
export class StartedQuestions {
  readonly #run: RunLog;
  readonly #started = new Set<string>();
  readonly #stop: () => void;

  /** Listens to the run from now on, until {@link close}. */
  constructor(run: RunLog) {
    this.#run = run;
    this.#stop = run.onEvent(({ type, question }) => {
      if (type === "question-started" && question !== undefined) this.#started.add(question);
    });
  }

  /** Logs that the question was asked, unless its thinking has done so. */
  ensure(question: Question): void {
    if (!this.#started.has(question.id))
      this.#run.question(question.id).emit({ type: "question-started", text: question });
  }

  /** Ends the listening. */
  close(): void {
    this.#stop();
  }
}
