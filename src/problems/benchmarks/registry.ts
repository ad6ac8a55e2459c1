import { InputError } from "../../thought/errors.ts";
import { nearestName } from "../../thought/nearest-name.ts";
import type { Benchmark } from "./benchmark.ts";
import { aime24, aime25, amc23 } from "./competitions.ts";
import { game24 } from "./game24.ts";
import { gsm8k } from "./gsm8k.ts";
import { math, math500 } from "./math.ts";
import { mathShepherd } from "./math-shepherd.ts";
import { mrGsm8k, mrMath } from "./meta-reasoning.ts";
import { o1Journey } from "./o1-journey.ts";
import { ownBenchmark } from "./own.ts";
import { prm800k } from "./prm800k.ts";
import { processbench } from "./processbench.ts";
import { simpleqa } from "./simpleqa.ts";
import { xstest } from "./xstest.ts";

const benchmarks: readonly Benchmark[] = [
  gsm8k,
  math,
  math500,
  aime24,
  aime25,
  amc23,
  game24,
  prm800k,
  mrGsm8k,
  mrMath,
  processbench,
  mathShepherd,
  o1Journey,
  simpleqa,
  xstest,
  ownBenchmark(),
];

/** Every benchmark, in the order in which reports list them; the last one, `own`, reads any file. */
export function listBenchmarks(): readonly Benchmark[] {
  return benchmarks;
}

/**
 * The benchmark of that name; case, hyphens and dots do not matter: `MATH-500` is `math500`. Throws an InputError with
 * the nearest name, or all of them.
 */
export function findBenchmark(name: string): Benchmark {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const found = benchmarks.find((benchmark) => plain(benchmark.name) === plain(name));
  if (found !== undefined) return found;
  const names = benchmarks.map((benchmark) => benchmark.name);
  const near = nearestName(name, names);
  throw new InputError(
    `no benchmark "${name}"; ${near === undefined ? `there is ${names.join(", ")}` : `did you mean ${near}?`}`,
  );
}
