import { example, familyNames, gymProblem } from "../../problems/gym/gym.ts";
import { commonWords } from "../../problems/gym/words.ts";
import type { Split } from "../../problems/problem.ts";
import type { DetectorQuestions } from "./build-detector.ts";
import { foreignQuestions } from "./foreign-questions.ts";

const trainingQuestions = 2000;
const calibrationQuestions = 200;

/**
 * What nano's detector is made of: 2,000 training questions of each family, typing noise included; 200 of each in
 * phrasings and with contents that were held out from training; the foreign questions with an even index. The others
 * are left to measure by.
 */
export function detectorQuestions(): DetectorQuestions {
  const training = (family: string): string[] =>
    Array.from(
      { length: trainingQuestions },
      (_, index) => example({ family, split: "train", seed: 0, index, style: "direct" }).question,
    );
  return {
    training: new Map(familyNames.map((family) => [family, training(family)])),
    calibration: familyNames.flatMap((family) =>
      heldOutQuestions(family, "validation", calibrationQuestions),
    ),
    foreign: foreignQuestions.filter((_, index) => index % 2 === 0),
    words: commonWords,
  };
}

/** The foreign questions that no detector was calibrated on. */
export const unseenForeignQuestions: readonly string[] = foreignQuestions.filter(
  (_, index) => index % 2 === 1,
);

/** Questions of a family in held-out phrasings, with contents of a split that is not trained on. */
export function heldOutQuestions(family: string, split: Exclude<Split, "train">, count: number): string[] {
  const text = (index: number): string =>
    gymProblem({ family, split, seed: 0, index, phrasing: "held-out" }).question.text;
  return Array.from({ length: count }, (_, index) => text(index));
}
