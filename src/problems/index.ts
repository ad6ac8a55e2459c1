export { randomExpression, solvedByRandomMoves } from "./gym/countdown-baseline.ts";
export type { CountdownTask } from "./gym/countdown-checker.ts";
export { countdownChecker, gradeExpression, readCountdown } from "./gym/countdown-checker.ts";
export type { Drawn, GymFamily, Style } from "./gym/family.ts";
export type { Example, GymPlace } from "./gym/gym.ts";
export { example, familyNames, gradeGym, gymProblem } from "./gym/gym.ts";
export { families, findFamily } from "./gym/registry.ts";
export type { Checker, Grade, Problem, Split } from "./problem.ts";
