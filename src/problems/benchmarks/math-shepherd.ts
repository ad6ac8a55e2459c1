import { z } from "zod";
import type { RecordedStep } from "../problem.ts";
import { defineBenchmark, RecordError, tagsOf } from "./benchmark.ts";

/** Ends a step in `input`; in `label` a `+` or `-` stands in its place or, in some copies, behind it. */
const STEP_END = "ки";

/**
 * Solutions to GSM8K and MATH whose steps are labelled by what roll-outs from them come to (arXiv 2312.08935): `+`
 * where some roll-out reaches the answer. The reference answer itself is not in the file.
 */
export const mathShepherd = defineBenchmark({
  name: "math-shepherd",
  description: "recorded solutions with + or - for each step, from roll-outs",
  measures: "steps",
  columns: "input, label, [task]",
  origin: "data set peiyi9979/Math-Shepherd",
  schema: z.object({ input: z.string(), label: z.string(), task: z.string().optional() }),
  problem({ input, label, task }) {
    const first = input.search(/(?:^|\s)Step 1\s*:/);
    if (first < 0) throw new RecordError('its input has no "Step 1:"');
    const steps = labelledSteps(input, label, first);
    const wrong = steps.findIndex((step) => step.rating === -1);
    return {
      text: input.slice(0, first).trim(),
      gold: "",
      tags: tagsOf({ task }),
      recorded: { steps, firstError: wrong < 0 ? null : wrong },
    };
  },
});

/** Walks both texts at once: between two step ends they are the same. */
function labelledSteps(input: string, label: string, first: number): RecordedStep[] {
  const steps: RecordedStep[] = [];
  let [from, labelAt] = [first, first];
  for (let end = input.indexOf(STEP_END, from); end >= 0; end = input.indexOf(STEP_END, from)) {
    const text = input.slice(from, end);
    const found = /^(?:ки\s*)?([+-])/.exec(label.slice(labelAt + text.length, labelAt + text.length + 8));
    if (!label.startsWith(text, labelAt) || found === null) {
      throw new RecordError(`its label says nothing of step ${steps.length + 1}`);
    }
    steps.push({ text: text.trim(), rating: found[1] === "+" ? 1 : -1 });
    labelAt += text.length + found[0].length;
    from = end + STEP_END.length;
    // In some copies a question mark holds the place of the sign.
    from += /^\s*\?/.exec(input.slice(from, from + 8))?.[0].length ?? 0;
  }
  if (steps.length === 0) throw new RecordError(`its input has no "${STEP_END}" at the end of a step`);
  return steps;
}
