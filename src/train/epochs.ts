import { Random } from "../thought/random.ts";

/** Which of `count` units each step takes: in a new order in each epoch, `size` at once, the last step of an epoch maybe fewer. */
export class Epochs {
  readonly #count: number;
  readonly #size: number;
  readonly #seed: string;
  #order: { epoch: number; units: readonly number[] } | undefined;

  /** @param seed names the orders: the same seed gives the same ones */
  constructor(count: number, size: number, seed: string) {
    [this.#count, this.#size, this.#seed] = [count, size, seed];
  }

  /** Steps of one epoch. */
  get steps(): number {
    return Math.ceil(this.#count / this.#size);
  }

  /** The units of a step, counted from 0 over all epochs. */
  at(step: number): readonly number[] {
    const epoch = Math.floor(step / this.steps);
    if (this.#order?.epoch !== epoch) {
      const all = Array.from({ length: this.#count }, (_, unit) => unit);
      this.#order = { epoch, units: new Random(`${this.#seed}/${epoch}`).shuffle(all) };
    }
    const first = (step % this.steps) * this.#size;
    return this.#order.units.slice(first, first + this.#size);
  }
}
