/** A loaded model of nano's kind that writes nothing and scores the steps of a thought. */
export interface NanoStepScorer {
  /** A score in [0, 1] for each step of a thought. Throws an InputError for a thought that is too long. */
  scoreSteps(question: string, steps: readonly string[]): number[];
  /** Most tokens of a question and its steps. */
  readonly context: number;
  /** How many tokens {@link scoreSteps} reads. */
  countTokens(question: string, steps: readonly string[]): number;
}
