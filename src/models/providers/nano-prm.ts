import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../thought/errors.ts";
import type { Provider } from "../provider.ts";
import { stepScorerBackend } from "./step-scorer-model.ts";

/**
 * Process reward models of nano's kind, inside this process: `nano-prm/FOLDER` names what `sojourn train` made by the method
 * process-reward. The head was trained on steps alone.
 */
export const nanoPrm: Provider = {
  example: "nano-prm/FOLDER",
  open(folder, { settings }) {
    if (!existsSync(join(folder, "reward_head.json"))) {
      throw new InputError(
        `nano-prm/${folder} is no process reward model: train one with a recipe of the method process-reward, and name its folder`,
      );
    }
    return stepScorerBackend({
      ...{ provider: "nano-prm", name: `nano-prm/${folder}`, settings },
      load: async () => (await import("../../nano/decoder/reward-model.ts")).loadRewardModel(folder),
    });
  },
  status: () => ({}),
};
