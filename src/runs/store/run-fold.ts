import type { Event } from "../../thought/event.ts";
import { QuestionFold, type QuestionRows } from "./question-fold.ts";
import type { RunFacts } from "./run-facts.ts";

/** Lines of a log after which no more is expected of a question that has ended: its grading follows at once. */
const PATIENCE = 1000;

interface OpenQuestion {
  fold: QuestionFold;
  lastLine: number;
  /** True where its rows are others than when they were last taken. */
  changed: boolean;
}

/**
 * Folds the log of one run into the rows of its questions, event by event, also while it grows. A run may hold more thoughts
 * than memory: those that have ended are let go as soon as their rows are taken.
 */
export class RunFold {
  readonly #facts: RunFacts;
  readonly #patience: number;
  readonly #open = new Map<string, OpenQuestion>();
  readonly #settled = new Set<string>();
  #line = 0;
  #late = false;

  /** @param patience lines after which a question that has ended is let go */
  constructor(facts: RunFacts, patience: number = PATIENCE) {
    this.#facts = facts;
    this.#patience = patience;
  }

  /** Questions so far. */
  get size(): number {
    return this.#open.size + this.#settled.size;
  }

  /**
   * True once an event came for a question that was let go: its rows are not what the log says. Fold the log again, with
   * patience without end.
   */
  get late(): boolean {
    return this.#late;
  }

  /** Takes up the next event of the log. */
  add(event: Event): void {
    this.#line++;
    const id = event.question;
    if (id === undefined) return;
    if (this.#settled.has(id)) {
      this.#late = true;
      return;
    }
    let question = this.#open.get(id);
    if (question === undefined) {
      question = { fold: new QuestionFold(this.#facts, id, this.size), lastLine: 0, changed: true };
      this.#open.set(id, question);
    }
    question.fold.add(event, this.#line);
    question.lastLine = this.#line;
    question.changed = true;
  }

  /** Lets go of the questions that ended a while ago. Gives the rows of those that changed since they were last taken. */
  takeSettled(): QuestionRows[] {
    const rows: QuestionRows[] = [];
    for (const [id, { fold, lastLine, changed }] of this.#open) {
      if (!fold.ended || this.#line - lastLine < this.#patience) continue;
      if (changed) rows.push(fold.rows());
      this.#open.delete(id);
      this.#settled.add(id);
    }
    return rows;
  }

  /** The rows of the other questions that changed since they were last taken. */
  takeChanged(): QuestionRows[] {
    const rows: QuestionRows[] = [];
    for (const question of this.#open.values()) {
      if (!question.changed) continue;
      question.changed = false;
      rows.push(question.fold.rows());
    }
    return rows;
  }
}
