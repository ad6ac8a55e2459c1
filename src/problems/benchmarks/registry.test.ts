import { expect, it } from "vitest";
import { findBenchmark, listBenchmarks } from "./registry.ts";

it("finds each benchmark by its name, however it is spelt", () => {
  for (const benchmark of listBenchmarks()) expect(findBenchmark(benchmark.name)).toBe(benchmark);
  expect(
    ["MATH-500", "AIME24", "Math_Shepherd", "o1 journey"].map((name) => findBenchmark(name).name),
  ).toEqual(["math500", "aime24", "math-shepherd", "o1-journey"]);
});

it("names the nearest benchmark, or all of them", () => {
  expect(() => findBenchmark("gms8k")).toThrow('no benchmark "gms8k"; did you mean gsm8k?');
  expect(() => findBenchmark("imagenet-classes")).toThrow(/there is gsm8k, math, .*, own$/);
});
