import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalAnswer } from "../rewards/equivalent.ts";
import { Random } from "../thought/random.ts";
import { majorityAtK } from "./majority-at-k.ts";

const isSeven = (answer: string): boolean => canonicalAnswer(answer) === canonicalAnswer("7");

describe("majorityAtK", () => {
  it("agrees with cases worked out by hand", () => {
    const answers = ["7", "7", "8", "9"];
    expect(majorityAtK(answers, 1, isSeven)).toBeCloseTo(1 / 2, 12);
    // Pairs: 77 wins; 78, 78, 79, 79 are ties; 89 loses: (1 + 4 / 2) / 6.
    expect(majorityAtK(answers, 2, isSeven)).toBeCloseTo(1 / 2, 12);
    // Triples: 778, 779 win; 789 twice is a tie of three: (2 + 2 / 3) / 4.
    expect(majorityAtK(answers, 3, isSeven)).toBeCloseTo(2 / 3, 12);
    expect(majorityAtK(answers, 4, isSeven)).toBe(1);
  });

  it("counts answers that say the same together", () => {
    expect(majorityAtK(["7", "14/2", "7.0", "8", "8"], 5, isSeven)).toBe(1);
    let asked = 0;
    majorityAtK(["7", "x = 7", "8"], 2, () => ++asked > 9);
    expect(asked).toBe(2);
  });

  it("takes samples without an answer as silent", () => {
    expect(majorityAtK([undefined, undefined, undefined, "7"], 4, isSeven)).toBe(1);
    expect(majorityAtK([undefined, undefined, undefined, "7"], 2, isSeven)).toBeCloseTo(0.5, 12);
    expect(majorityAtK([undefined, undefined], 2, isSeven)).toBe(0);
  });

  it("agrees with the mean over all subsets", () => {
    const answer = fc.constantFrom("7", "7.0", "8", "9", "10", undefined);
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 8 }), fc.nat(), (answers, number) => {
        const k = 1 + (number % answers.length);
        const right = (text: string): boolean => isSeven(text) || text === "10";
        expect(majorityAtK(answers, k, right)).toBeCloseTo(overAllSubsets(answers, k, right), 10);
      }),
    );
  });

  it("agrees with first-come votes among many samples in random order", () => {
    const random = new Random("maj@k");
    const answers = Array.from({ length: 120 }, () =>
      random.chance(0.3) ? "7" : String(random.integer(10, 13)),
    );
    let right = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const votes = new Map<string, number>();
      for (const answer of random.shuffle(answers).slice(0, 10))
        votes.set(answer, (votes.get(answer) ?? 0) + 1);
      const [[winner] = [""]] = [...votes].sort((left, other) => other[1] - left[1]);
      if (winner === "7") right++;
    }
    expect(Math.abs(right / 2000 - majorityAtK(answers, 10, isSeven))).toBeLessThan(0.03);
  });

  it("holds for thousands of samples, and its chances add up to one", () => {
    const answers = Array.from({ length: 3000 }, (_, index) => String(index % 7));
    const all = ["0", "1", "2", "3", "4", "5", "6"].map((one) =>
      majorityAtK(answers, 50, (answer) => answer === one),
    );
    expect(all.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
    // 0 to 3 have 429 votes each, the others 428.
    expect(majorityAtK(answers, 3000, (answer) => answer === "0")).toBeCloseTo(1 / 4, 9);
    expect(majorityAtK(answers, 3000, (answer) => answer === "4")).toBe(0);
  });

  it("refuses more samples than there are", () => {
    expect(() => majorityAtK(["7"], 2, isSeven)).toThrow("maj@2 needs 2 samples");
    expect(() => majorityAtK(["7"], 0, isSeven)).toThrow(RangeError);
  });
});

function overAllSubsets(
  answers: readonly (string | undefined)[],
  k: number,
  isRight: (answer: string) => boolean,
): number {
  let [sum, count] = [0, 0];
  for (let mask = 0; mask < 2 ** answers.length; mask++) {
    const chosen = answers.filter((_, index) => (mask >> index) & 1);
    if (chosen.length !== k) continue;
    count++;
    const votes = new Map<string, number>();
    for (const answer of chosen.flatMap((one) => one ?? []))
      votes.set(canonicalAnswer(answer), (votes.get(canonicalAnswer(answer)) ?? 0) + 1);
    const winners = [...votes].filter(([, number]) => number === Math.max(...votes.values()));
    const rights = winners.filter(([key]) => isRight(key.replace(/^number (\d+)\/1$/, "$1")));
    if (winners.length > 0) sum += rights.length / winners.length;
  }
  return sum / count;
}
