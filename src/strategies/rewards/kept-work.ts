import { BudgetExhaustedError } from "../../models/budget.ts";

/**
 * The calls of scores that need several. Where the budget refuses some calls of a score, the score is refused and asked
 * for again later; those that came are kept until then, so that none is made and paid for twice.
 */
export class KeptWork<Done extends { settle(): void }> {
  readonly #kept = new Map<string, Map<string, Done>>();

  /**
   * Begins at once whatever is not kept, and waits for all of it.
   *
   * @param score whose calls they are, such as a node's id
   * @param keys one for each call
   * @param begin begins the calls with these keys: one promise each
   * @returns what came of each call, in the order of the keys
   * @throws BudgetExhaustedError where the budget refused one
   */
  async all(
    score: string,
    keys: readonly string[],
    begin: (missing: readonly string[]) => readonly Promise<Done>[],
  ): Promise<PromiseSettledResult<Done>[]> {
    const kept = this.#kept.get(score) ?? new Map<string, Done>();
    this.#kept.delete(score);
    // What has come is taken up by being asked for again, and gives back what it reserved too much.
    for (const done of kept.values()) done.settle();
    const missing = keys.filter((key) => !kept.has(key));
    const begun = missing.length === 0 ? [] : begin(missing);
    const promises = keys.map((key) => {
      const done = kept.get(key);
      if (done !== undefined) return Promise.resolve(done);
      return begun[missing.indexOf(key)] ?? Promise.reject(new RangeError(`nothing was begun for ${key}`));
    });
    const outcomes = await Promise.allSettled(promises);
    const refused = outcomes.find(
      (outcome) => outcome.status === "rejected" && outcome.reason instanceof BudgetExhaustedError,
    );
    if (refused?.status !== "rejected") return outcomes;
    for (const [index, outcome] of outcomes.entries()) {
      const key = keys[index];
      if (outcome.status === "fulfilled" && key !== undefined) kept.set(key, outcome.value);
    }
    this.#kept.set(score, kept);
    throw refused.reason;
  }
}

/** What came of several calls: those that came, why the first failed, and how all that came are settled. */
export function sorted<Done extends { settle(): void }>(
  outcomes: readonly PromiseSettledResult<Done>[],
): { came: Done[]; failure: unknown; settle: () => void } {
  const came = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  return {
    came,
    failure: failed?.reason,
    settle() {
      for (const done of came) done.settle();
    },
  };
}
