import { compareSets } from "../../evaluate/compare/compare-sets.ts";
import type { GradedSample } from "../../evaluate/compare/graded-set.ts";
import type { Difference } from "../../evaluate/paired-difference.ts";
import type { ThoughtRow } from "../../runs/store/thought-row.ts";
import { InputError } from "../../thought/errors.ts";
import type { CompareReply } from "./compare-schema.ts";

/** The thoughts of one run. */
export interface RunRows {
  run: string;
  rows: readonly ThoughtRow[];
}

/** Most problems that a run lacks which are named. */
const NAMED = 20;

/**
 * Compares runs by what they made of the problems that all of them have.
 *
 * @throws InputError for fewer than two runs, for a run without a graded thought, and for runs without a problem in common
 */
export function compareRuns(runs: readonly RunRows[]): CompareReply {
  const sets = runs.map(({ run, rows }) => {
    const samples = rows.flatMap(sampleOf);
    if (samples.length === 0)
      throw new InputError(
        `no thought of ${run} that fits is graded; compare runs of sojourn eval or widen the filter`,
      );
    return { name: run, what: howOf(rows), samples };
  });
  const compared = compareSets(sets, { onCommon: true });
  const byKey = runs.map(({ rows }) => new Map(rows.map((row) => [keyOf(row), row])));
  return {
    problems: compared.problems,
    samples: compared.samples,
    sets: compared.sets.map(({ name, what = "", accuracy, outputTokens, inputTokens, costUsd }) => {
      const { right, trials, share, low, high } = accuracy;
      return {
        name,
        what,
        accuracy: { right, trials, share, low, high },
        outputTokens,
        inputTokens,
        costUsd,
      };
    }),
    contrasts: compared.contrasts.map((contrast) => {
      const { name, cells, accuracy, pValue, outputTokens, inputTokens, costUsd, remark } = contrast;
      return {
        ...{ name, cells, pValue, remark },
        accuracy: written(accuracy),
        outputTokens: written(outputTokens),
        inputTokens: written(inputTokens),
        costUsd: costUsd === undefined ? null : written(costUsd),
      };
    }),
    leftOut: compared.leftOut.map(({ name, lacks }) => ({
      name,
      lacks: lacks.length,
      such: lacks.slice(0, NAMED),
    })),
    rows: compared.rows.map((row) => {
      const found = byKey.map((rows) => rows.get(keyOf(row)));
      return {
        problem: row.problem,
        sample: row.sample,
        gold: row.gold,
        asked: found.find((one) => one?.asked)?.asked ?? "",
        each: row.each.map(({ correct, answer, outputTokens }, place) => ({
          question: found[place]?.question ?? "",
          correct,
          answer: answer ?? null,
          outputTokens,
        })),
      };
    }),
  };
}

/** A difference as JSON can hold it. */
function written({ difference, low, high }: Difference): CompareReply["contrasts"][number]["accuracy"] {
  const known = (bound: number): number | null => (Number.isFinite(bound) ? bound : null);
  return { difference, low: known(low), high: known(high) };
}

/** How a run thought, in a few words: `vote on nano`. */
function howOf(rows: readonly Pick<ThoughtRow, "strategy" | "model">[]): string {
  const names = (read: (row: Pick<ThoughtRow, "strategy" | "model">) => string | null): string =>
    [...new Set(rows.flatMap((row) => read(row) ?? []))].sort().join(", ");
  const [strategies, models] = [names(({ strategy }) => strategy), names(({ model }) => model)];
  return [strategies, models].filter((name) => name !== "").join(" on ");
}

function sampleOf(row: ThoughtRow): GradedSample[] {
  if (row.problem === null || row.correct === null || row.gold === null) return [];
  const { problem, correct, gold, inputTokens, costUsd } = row;
  const answer = row.answer ?? undefined;
  return [
    {
      problem,
      sample: row.sample ?? 0,
      correct,
      answer,
      gold,
      outputTokens: row.tokens,
      inputTokens,
      costUsd,
    },
  ];
}

function keyOf({ problem, sample }: { problem: string | null; sample: number | null }): string {
  return JSON.stringify([problem, sample ?? 0]);
}
