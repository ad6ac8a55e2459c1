export { gradeAnswer } from "./answer/grade-answer.ts";
export type { GradeOptions } from "./answer/grade-options.ts";
export type { Verdict } from "./answer/verdict.ts";
export type { Benchmark, Measure, ReadProblem } from "./benchmarks/benchmark.ts";
export { type OwnColumns, ownBenchmark } from "./benchmarks/own.ts";
export { type BenchmarkReading, type ReadOptions, readBenchmark } from "./benchmarks/read-benchmark.ts";
export type { BadRecord } from "./benchmarks/record.ts";
export { findBenchmark, listBenchmarks } from "./benchmarks/registry.ts";
export { gradeProblem } from "./grade-problem.ts";
export { randomExpression, solvedByRandomMoves } from "./gym/countdown-baseline.ts";
export type { CountdownTask } from "./gym/countdown-checker.ts";
export { countdownChecker, gradeExpression, readCountdown } from "./gym/countdown-checker.ts";
export type { Drawn, GymFamily, Style } from "./gym/family.ts";
export type { Example, GymPlace } from "./gym/gym.ts";
export { example, familyNames, gradeGym, gymProblem } from "./gym/gym.ts";
export { families, findFamily } from "./gym/registry.ts";
export type {
  Checker,
  Grade,
  Problem,
  RecordedSolution,
  RecordedStep,
  Split,
  StepRating,
} from "./problem.ts";
