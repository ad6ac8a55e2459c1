/**
 * What a training is called, and where it lies: its folder without what every training has, such as `model`, and without the
 * key behind a stage's name. `journeys/countdown/policy-0123456789/model/stage-1` is `policy` in `journeys/countdown`.
 */
export function titleOfTraining(training: string): { name: string; place: string } {
  const parts = training.split("/").filter((part) => part !== "model");
  const last = parts.pop() ?? training;
  const [, stage] = /^stage-(\d+)$/.exec(last) ?? [];
  const name = stage === undefined ? last : (parts.pop() ?? last);
  const named = name.replace(/-[0-9a-f]{10}$/, "");
  return {
    name: stage === undefined || stage === "1" ? named : `${named}, stage ${stage}`,
    place: parts.join("/"),
  };
}
