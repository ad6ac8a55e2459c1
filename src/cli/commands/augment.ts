import { type Command, InvalidArgumentError } from "commander";
import type { Augmentation } from "../../journey/human/augment.ts";
import { createRegistry } from "../../models/registry.ts";
import { readConfig } from "../../strategies/config.ts";
import { completeRequest } from "../../strategies/think-request.ts";
import { InputError } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";
import { InterruptedError, withInterrupt } from "../interrupt.ts";
import { wholeNumber } from "../parse-option.ts";
import { plural } from "../view/format.ts";
import { openProgressLine } from "../view/progress-line.ts";

interface AugmentFlags {
  writer: string;
  out: string;
  ways: Augmentation[];
  seed: number;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}

const WAYS = ["granularity", "gradual", "explorer"] as const satisfies readonly Augmentation[];

const EXAMPLES = `
Examples:
  sojourn augment thoughts.jsonl --writer openai/gpt-4o --out data
  sojourn augment thoughts.jsonl --writer vllm/NAME --ways granularity,explorer --out data

A line of the file is one thought: {"id": "1", "question": "...", "answer": "12",
"thought": [{"kind": "step", "text": "..."}]}, with kinds step, trial, reflection, association, correction,
common-sense and conclusion. The same command goes on with an interrupted one.`;

/** Adds `sojourn augment`: human-written thoughts in finer steps, with pauses, and in an explorer's voice. */
export function addAugmentCommand(program: Command, context: CommandContext): void {
  const { output } = context;
  program
    .command("augment")
    .description("make more of thoughts that people wrote down, each checked to keep its answer")
    .argument("<file>", "human-written thoughts, JSONL")
    .requiredOption("--writer <provider/model>", "who writes; it has to follow instructions")
    .requiredOption("--out <folder>", "where the data set goes")
    .option("--ways <list>", `what to make: ${WAYS.join(", ")}`, wayList, [...WAYS])
    .option("--seed <n>", "seed of all randomness", wholeNumber(0), 0)
    .option("--json", "print the report as one JSON object on stdout and nothing else there")
    .option("-q, --quiet", "print nothing but what goes wrong")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, flags: AugmentFlags) => {
      const { augmentFolder } = await import("../../journey/human/augment-folder.ts");
      const config = readConfig(flags.config);
      const registry = createRegistry(config);
      const { writer, out, ways, seed, json = false, quiet = false } = flags;
      if (!registry.open(writer).traits.followsInstructions)
        throw new InputError(`${writer} follows no instructions; name another --writer, such as openai/NAME`);
      const asked = completeRequest({ model: writer, roles: { writer } }, { ...config, roles: {} });
      const view = openProgressLine(output, { silent: quiet || json });
      const onProgress = (done: number, all: number) =>
        view.show({ done, all, before: 0, facts: ["augmented"] });
      try {
        const report = await withInterrupt((signal) =>
          augmentFolder({ file, ways, writer: asked, seed }, { out, registry, signal, onProgress }),
        );
        view.close();
        const { lines, thoughts, faults } = report;
        if (json) return output.line(JSON.stringify({ out, ...report }));
        if (!quiet)
          output.line(`${plural(lines, "line")} of ${plural(thoughts, "thought")}: ${out}/${report.file}`);
        for (const [reason, times] of Object.entries(faults)) output.note(`left out ${times}: ${reason}`);
      } catch (error) {
        view.close();
        if (!(error instanceof InterruptedError)) throw error;
        output.note("interrupted; the same command goes on with it");
        context.exit(130);
      }
    });
}

function wayList(text: string): Augmentation[] {
  return text.split(",").map((name) => {
    const found = WAYS.find((way) => way === name.trim());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`no way "${name.trim()}"; there are ${WAYS.join(", ")}.`);
  });
}
