import type { TrainingOutcome } from "../nano/training/engine.ts";
import { trainPreferences } from "./dpo.ts";
import { trainByExperts } from "./expert-iteration.ts";
import { trainPolicy } from "./grpo.ts";
import type { MethodJob } from "./method-job.ts";
import { trainProcessReward } from "./process-reward.ts";
import { trainStages } from "./sft.ts";

/** Trains nano by a recipe's method. Throws an InputError for a recipe or data that cannot be trained on. */
export async function trainMethod(job: MethodJob): Promise<TrainingOutcome> {
  const { recipe } = job;
  switch (recipe.method) {
    case "sft":
      return trainStages({ ...job, recipe });
    case "dpo":
      return trainPreferences({ ...job, recipe });
    case "process-reward":
      return trainProcessReward({ ...job, recipe });
    case "grpo":
      return trainPolicy({ ...job, recipe });
    case "expert-iteration":
      return trainByExperts({ ...job, recipe });
  }
}
