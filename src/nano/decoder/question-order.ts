/** Questions that are remembered: far more than are thought about at once. */
const MOST_QUESTIONS = 4096;

/**
 * Who came first among questions. A question that is thought about asks again and again, each time with a longer beginning that
 * lies in the cache, unless so many others were served in between that it was forgotten; serving the question that came
 * first before those that came later keeps the number that are at it small, and each ends sooner.
 */
export class QuestionOrder {
  readonly #places = new Map<string, number>();
  #came = 0;

  /** The place of a question: its own from the first time on, as long as it is asked about now and then. */
  placeOf(question: string): number {
    const place = this.#places.get(question) ?? this.#came++;
    // Seen last now, and so forgotten last.
    this.#places.delete(question);
    this.#places.set(question, place);
    const [oldest] = this.#places.keys();
    if (this.#places.size > MOST_QUESTIONS && oldest !== undefined) this.#places.delete(oldest);
    return place;
  }
}
