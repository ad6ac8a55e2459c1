import { resolve } from "node:path";
import type { ProblemChoice } from "../evaluate/eval/evaluation-request.ts";
import { findBenchmark } from "../problems/benchmarks/registry.ts";
import { familyNames } from "../problems/gym/gym.ts";
import { InputError } from "../thought/errors.ts";

/** Problems of the gym, which has no end, where no limit is given. */
const GYM_LIMIT = 200;

/**
 * The problems that a name on the command line means: `gym`, `gym/FAMILY`, or a benchmark with its file. Throws an
 * InputError for a name that does not exist, and for a benchmark without a file.
 */
export function problemChoice(
  name: string,
  { data, limit }: { data?: string | undefined; limit?: number | undefined },
): ProblemChoice {
  const [kind, family, ...more] = name.split("/");
  if (kind === "gym" && more.length === 0) {
    if (data !== undefined) throw new InputError("--data is for benchmarks; the gym draws its own problems");
    return {
      ...{ kind: "gym", families: family === undefined ? [...familyNames] : [family] },
      ...{ split: "test", phrasing: "trained", seed: 0, skip: 0, limit: limit ?? GYM_LIMIT },
    };
  }
  const benchmark = findBenchmark(name);
  if (data === undefined)
    throw new InputError(`name a file of ${benchmark.name} with --data; it comes from ${benchmark.origin}`);
  // A run may be resumed from another folder.
  const file = data.startsWith("hf:") ? data : resolve(data);
  return { kind: "benchmark", benchmark: benchmark.name, data: file, skip: 0, limit };
}
