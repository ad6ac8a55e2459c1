import { basename, join } from "node:path";
import { type Command, Option } from "commander";
import type { StageEvent } from "../../journey/stages/run-stages.ts";
import type { CommandContext } from "../context.ts";
import { InterruptedError, withInterrupt } from "../interrupt.ts";
import { wholeNumber } from "../parse-option.ts";
import { formatDuration } from "../view/format.ts";

interface JourneyFlags {
  out?: string;
  engine?: "jax" | "torch";
  quick?: boolean;
  atOnce: number;
  json?: boolean;
}

const EXAMPLES = `
A finished stage is not repeated: the same line goes on where it was stopped, and a changed setting repeats only what
depends on it.

Examples:
  sojourn journey recipes/countdown.yaml --quick
  sojourn journey recipes/countdown.yaml`;

/** At most one line a stage so often, in milliseconds. */
const LINE_MS = 2000;

/** Adds `sojourn journey`: a policy, trees, thoughts, trained models and an honest table, by one recipe. */
export function addJourneyCommand(program: Command, context: CommandContext): void {
  const { output } = context;
  program
    .command("journey")
    .description("grow trees, weave thoughts, train on them and compare: the whole journey by one recipe")
    .argument("<recipe>", "such as recipes/countdown.yaml")
    .option("--out <folder>", "where stages and the report go (default: journeys/NAME)")
    .addOption(
      new Option("--engine <name>", "what trains by likelihood (default: as the recipe says)").choices([
        "jax",
        "torch",
      ]),
    )
    .option("--quick", "a smoke run by the recipe's quick part, which its report says")
    .option("--at-once <n>", "stages that run beside each other", wholeNumber(1), 2)
    .option("--json", "print the report as one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (path: string, flags: JourneyFlags) => {
      const { readJourneyRecipe } = await import("../../journey/reference/journey-recipe.ts");
      const { journeyStages } = await import("../../journey/reference/journey-stages.ts");
      const { writeJourneyReport } = await import("../../journey/reference/journey-report.ts");
      const { runStages } = await import("../../journey/stages/run-stages.ts");
      const { checkoutCommit, sojournVersion } = await import("../../runs/versions.ts");
      const quick = flags.quick ?? false;
      const asked = await readJourneyRecipe(path, { quick });
      const recipe = flags.engine === undefined ? asked : { ...asked, engine: flags.engine };
      const folder = flags.out ?? join("journeys", quick ? `${recipe.name}-quick` : recipe.name);
      const command = `sojourn journey ${join("recipes", basename(path))}${quick ? " --quick" : ""}`;
      const view = stageLines((line) => output.note(line));
      try {
        const done = await withInterrupt((signal) =>
          runStages(journeyStages(recipe), {
            ...{ folder, atOnce: flags.atOnce, signal, onProgress: view },
          }),
        );
        const version = [`sojourn ${sojournVersion()}`, checkoutCommit()].filter(Boolean).join(", commit ");
        const page = await writeJourneyReport({ recipe, done, command, version }, folder);
        if (flags.json === true) output.line(JSON.stringify(page));
        else {
          output.line(page.headline);
          output.line(`report: ${join(folder, "report.html")}`);
        }
      } catch (error) {
        if (!(error instanceof InterruptedError)) throw error;
        output.note(`interrupted; what was done is kept in ${folder}, and the same command goes on`);
        context.exit(130);
      }
    });
}

/** Says on lines what becomes of the stages; of each that goes on for long, how far it is. */
function stageLines(say: (line: string) => void) {
  const saidAt = new Map<string, number>();
  return (event: StageEvent): void => {
    const { stage } = event;
    switch (event.kind) {
      case "reused":
      case "started": {
        const at = `${event.place + 1}/${event.all} ${stage}`;
        say(event.kind === "reused" ? `${at}: done before` : at);
        saidAt.set(stage, Date.now());
        return;
      }
      case "progress":
        if (Date.now() - (saidAt.get(stage) ?? 0) < LINE_MS) return;
        saidAt.set(stage, Date.now());
        say(`${stage}: ${event.line}`);
        return;
      case "finished":
        say(`${stage}: done in ${formatDuration(event.wallMs)}`);
        return;
    }
  };
}
