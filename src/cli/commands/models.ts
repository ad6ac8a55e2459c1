import type { Command } from "commander";
import { createRegistry } from "../../models/registry.ts";
import { readConfig } from "../../strategies/config.ts";
import type { CommandContext } from "../context.ts";
import { table } from "../view/table.ts";

const EXAMPLES = `
Examples:
  sojourn models
  sojourn ask "Why is the sky blue?" --model openai/gpt-5-mini`;

/** Adds `sojourn models`: which providers there are and what each still needs. Never shows a key. */
export function addModelsCommand(program: Command, { output, environment }: CommandContext): void {
  program
    .command("models")
    .description("list the providers of models and what each still needs")
    .option("--json", "print a JSON array")
    .option("--config <file>", "a config file other than ./sojourn.yaml")
    .addHelpText("after", EXAMPLES)
    .action((flags: { json?: boolean; config?: string }) => {
      const { providers } = readConfig(flags.config);
      const listings = createRegistry({ providers }, environment).list();
      if (flags.json) {
        output.line(JSON.stringify(listings));
        return;
      }
      const rows = listings.map(({ example, configured, needs, endpoint }) => [
        example,
        configured ? output.colors.green("ready") : output.colors.dim("not set up"),
        needs ?? endpoint ?? "inside this process",
      ]);
      for (const line of table(["model", "state", "where, or what is missing"], rows)) output.line(line);
    });
}
