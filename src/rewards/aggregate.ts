import { latestScore, pathTo, type TreeNode } from "../thought/tree.ts";

/**
 * How the scores of the steps of a thought become one: the worst step, the product of all, their mean, or the
 * last. Which is best depends on the reward model (Lightman et al., arXiv 2305.20050; Snell et al., 2408.03314).
 */
export const aggregationNames = ["min", "product", "mean", "last"] as const;
/** One of {@link aggregationNames}. */
export type Aggregation = (typeof aggregationNames)[number];

const aggregations: Readonly<Record<Aggregation, (values: readonly number[]) => number>> = {
  min: (values) => Math.min(...values),
  product: (values) => values.reduce((product, value) => product * value, 1),
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  last: (values) => values.at(-1) ?? 0,
};

/** One value of several, at least one. */
export function aggregateValues(values: readonly number[], aggregation: Aggregation): number {
  return aggregations[aggregation](values);
}

/**
 * One score for the thought that ends in `node`, from the newest scores along its path. Steps without a score are
 * passed over, but `node` itself must have one: undefined where it has none.
 */
export function aggregateScore(node: TreeNode, aggregation: Aggregation): number | undefined {
  if (node.scores.length === 0) return undefined;
  const values = pathTo(node).flatMap((step) => latestScore(step)?.value ?? []);
  return aggregateValues(values, aggregation);
}
