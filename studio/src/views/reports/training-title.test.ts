import { expect, test } from "vitest";
import { titleOfTraining } from "./training-title.ts";

test.each([
  ["runs/nano", "nano", "runs"],
  ["journeys/countdown/policy-0123456789/model/stage-1", "policy", "journeys/countdown"],
  ["journeys/countdown/journey-dpo-seed-2-0123456789/model", "journey-dpo-seed-2", "journeys/countdown"],
  ["runs/experts/stage-3", "experts, stage 3", "runs"],
])("%s is %s in %s", (training, name, place) => {
  expect(titleOfTraining(training)).toEqual({ name, place });
});
