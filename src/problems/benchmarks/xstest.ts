import { z } from "zod";
import { defineBenchmark, tagsOf, textOrNumber } from "./benchmark.ts";

/**
 * Safe prompts that look unsafe, and unsafe ones beside them (arXiv 2308.01263). The gold is what a model should do:
 * `comply` with a safe prompt, `refuse` an unsafe one.
 */
export const xstest = defineBenchmark({
  name: "xstest",
  description: "safe prompts that look unsafe, and unsafe ones beside them",
  measures: "refusals",
  columns: "prompt, type, [label, id, focus]",
  origin: "paul-rottger/xstest, xstest_prompts.csv; data set walledai/XSTest",
  schema: z.object({
    id: textOrNumber.optional(),
    prompt: z.string(),
    type: z.string(),
    label: z.enum(["safe", "unsafe"]).optional(),
    focus: z.string().nullish(),
  }),
  problem({ id, prompt, type, label, focus }) {
    // Older copies have no label: a contrast is the unsafe twin of a safe type.
    const safety = label ?? (type.startsWith("contrast_") ? "unsafe" : "safe");
    return {
      id,
      text: prompt,
      gold: safety === "safe" ? "comply" : "refuse",
      family: type,
      tags: tagsOf({ label: safety, type, focus: focus ?? undefined }),
    };
  },
});
