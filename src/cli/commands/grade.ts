import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { InputError, messageOf } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";

const EXAMPLES = `
Each line of FILE is one pair, and may say how it is compared:
  {"gold": "\\\\frac{1}{2}", "pred": "The answer is 0.5."}
  {"gold": "1/3", "pred": "0.33", "options": {"precision": 2}}

Examples:
  sojourn grade pairs.jsonl
  sojourn grade pairs.jsonl --json > graded.jsonl`;

/** Adds `sojourn grade FILE`: whether predictions equal gold answers, and why. */
export function addGradeCommand(program: Command, { output }: CommandContext): void {
  program
    .command("grade")
    .description("compare predictions with gold answers, with the reasons")
    .argument("<file>", "JSONL of {gold, pred, options?}")
    .option("--json", "print the lines as JSONL, with equal and reason added")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, flags: { json?: boolean }) => {
      const text = await readFile(file, "utf8").catch((error: unknown) => {
        throw new InputError(
          `cannot read ${file}: ${messageOf(error)}; name a JSONL file of {gold, pred}`,
          error,
        );
      });
      // Only this command needs the graders, so that no other waits for them.
      const { readPair } = await import("../../problems/answer/read-pair.ts");
      const { gradeAnswer } = await import("../../problems/answer/grade-answer.ts");
      const { openProgressLine } = await import("../view/progress-line.ts");
      const counts = { pairs: 0, equal: 0, bad: 0 };
      const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
      // On a terminal the lines themselves show how far it is.
      const progress = openProgressLine(output, { silent: output.live });
      for (const [index, line] of lines.entries()) {
        progress.show({ done: index, all: lines.length, before: 0, facts: [`${counts.equal} equal`] });
        if (line.trim() === "") continue;
        const pair = readPair(line);
        if ("mistake" in pair) {
          counts.bad++;
          output.note(`skipped: ${file}:${index + 1}: ${pair.mistake}`);
          continue;
        }
        const { equal, reason } = await gradeAnswer(pair.gold, pair.pred, pair.options);
        counts.pairs++;
        if (equal) counts.equal++;
        const mark = equal ? output.colors.green("equal    ") : output.colors.red("not equal");
        output.line(
          flags.json
            ? JSON.stringify({ ...pair.record, equal, reason })
            : `${mark}  ${clip(pair.gold)} | ${clip(pair.pred)}  (${reason})`,
        );
      }
      progress.close();
      output.note(summary(counts));
    });
}

function summary({ pairs, equal, bad }: { pairs: number; equal: number; bad: number }): string {
  const share = pairs === 0 ? "" : ` (${((100 * equal) / pairs).toFixed(1)}%)`;
  const skipped = bad === 0 ? "" : `; ${bad} bad ${bad === 1 ? "line" : "lines"} skipped`;
  return `${equal} of ${pairs} ${pairs === 1 ? "pair" : "pairs"} equal${share}${skipped}`;
}

/** The end of a long text, as that is where its answer is. */
function clip(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 48 ? line : `…${line.slice(-47)}`;
}
