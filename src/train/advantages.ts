/**
 * How much better each sample of a group is than the group: its reward less the mean, through the standard deviation
 * (GRPO, arXiv 2402.03300). Of a group in which all are alike there is nothing to learn: 0 for each.
 */
export function groupAdvantages(rewards: readonly number[]): number[] {
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const variance = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length;
  const deviation = Math.sqrt(variance);
  return rewards.map((reward) => (deviation < 1e-6 ? 0 : (reward - mean) / deviation));
}
