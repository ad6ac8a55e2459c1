import { expect, test } from "vitest";
import { Random } from "../../thought/random.ts";
import { mcnemarTest } from "../mcnemar.ts";
import { contrast } from "./contrast.ts";
import type { GradedSample } from "./graded-set.ts";
import type { PairedProblems } from "./paired-problems.ts";
import { pairedPermutationTest } from "./permutation-test.ts";

const samplesEach = 4;

/** Two ways on 100 problems, four samples each: the second is right more often by `gain`, problems differ in ease. */
function draw(random: Random, gain: number): PairedProblems {
  return Array.from({ length: 100 }, (_, problem) => {
    // What a way is good at is its own: samples of one problem hang together within a way.
    const eases = [random.next(), random.next()].map((ease) => ease ** 3);
    return Array.from({ length: samplesEach }, (_sample, sample) => ({
      ...{ problem: `p${problem}`, sample, gold: "1" },
      each: eases.map((ease, way) =>
        graded(problem, sample, random.chance(way === 1 ? ease + gain * (1 - ease) : ease)),
      ),
    }));
  });
}

function graded(problem: number, sample: number, correct: boolean): GradedSample {
  return {
    ...{ problem: `p${problem}`, sample, correct, gold: "1" },
    ...{ outputTokens: 1, inputTokens: 1, costUsd: 0 },
  };
}

test("two ways that are equally good are told apart in at most about 5% of trials, which single samples would not keep", () => {
  const random = new Random("false alarms");
  const trials = 200;
  const alarms = { permutation: 0, mcnemar: 0 };
  for (let trial = 0; trial < trials; trial++) {
    const gains = draw(random, 0).map((samples) =>
      samples.map(({ each }) => Number(each[1]?.correct) - Number(each[0]?.correct)),
    );
    const sums = gains.map((samples) => samples.reduce((sum, gain) => sum + gain, 0));
    const count = (wanted: number): number => gains.flat().filter((gain) => gain === wanted).length;
    if (pairedPermutationTest(sums) < 0.05) alarms.permutation++;
    if (mcnemarTest(count(1), count(-1)) < 0.05) alarms.mcnemar++;
  }
  expect(alarms.permutation / trials).toBeLessThan(0.09);
  expect(alarms.mcnemar / trials).toBeGreaterThan(0.1);
});

test("the interval of a difference over several samples holds the true one in about 95% of trials", () => {
  const random = new Random("coverage");
  const trials = 60;
  // The mean of a cube of a uniform number is 1/4: a gain of .2 of what is missing is .15.
  const truth = 0.2 * (1 - 1 / 4);
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = contrast(draw(random, 0.2), { name: "b", at: 1, seed: trial }).accuracy;
    if (low <= truth && truth <= high) held++;
  }
  expect(held / trials).toBeGreaterThanOrEqual(0.88);
});
