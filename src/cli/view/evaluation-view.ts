import type { EvaluationProgress } from "../../evaluate/eval/evaluation-progress.ts";
import { formatProportion } from "../../evaluate/proportion.ts";
import type { CommandOutput } from "../command-output.ts";
import { formatCost, formatCount } from "./format.ts";
import { openProgressLine } from "./progress-line.ts";

/** Milliseconds between two looks at the progress: replies may take minutes, and the time goes on. */
const LOOK_MS = 250;

/** Shows how an evaluation goes on until it is closed: on a terminal a line that is drawn over, elsewhere a line every ten seconds. */
export function openEvaluationView(
  progress: EvaluationProgress,
  output: CommandOutput,
  options: { silent: boolean },
): { close(): void } {
  const line = openProgressLine(output, options);
  const look = (): void => {
    const { done, all, before } = progress;
    line.show({ done, all, before, facts: factsOf(progress) });
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return {
    close() {
      clearInterval(timer);
      line.close();
    },
  };
}

/** `71.2% (66.5 to 75.4) right`, `120.4k tokens`, `$0.31`. */
function factsOf({ done, failed, usage, accuracy }: EvaluationProgress): string[] {
  return [
    ...(done === 0 ? [] : [`${formatProportion(accuracy)} right`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    `${formatCount(usage.outputTokens + usage.estimatedOutputTokens)} tokens`,
    formatCost(usage.costUsd),
  ];
}
