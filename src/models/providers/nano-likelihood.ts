import { fileURLToPath } from "node:url";
import type { Provider } from "../provider.ts";
import { stepScorerBackend } from "./step-scorer-model.ts";

/**
 * How likely nano would itself have written each step of a thought, inside this process: `nano-likelihood` is the shipped
 * model, `nano-likelihood/FOLDER` another checkpoint. The reward likelihood for steps that others wrote: named as judge of
 * the reward prm.
 */
export const nanoLikelihood: Provider = {
  example: "nano-likelihood",
  open(folder, { settings }) {
    const place = folder === "" ? fileURLToPath(new URL("../../../weights/nano", import.meta.url)) : folder;
    return stepScorerBackend({
      ...{ provider: "nano-likelihood", settings },
      name: folder === "" ? "nano-likelihood" : `nano-likelihood/${folder}`,
      load: async () =>
        (await import("../../nano/decoder/thought-likelihood.ts")).loadThoughtLikelihood(place),
    });
  },
  status: () => ({}),
};
