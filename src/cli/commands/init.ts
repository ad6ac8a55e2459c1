import { existsSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { CONFIG_FILE } from "../../strategies/config.ts";
import { FailureError, InputError, messageOf } from "../../thought/errors.ts";
import type { CommandContext } from "../context.ts";

/** The config that `sojourn init` writes: every setting with its default, commented out. */
const INITIAL_CONFIG = `# Settings of Sojourn for this folder. Every line is optional; flags go before all of them.
# What each one means: docs/configuration.md

# model: nano                # or openai/NAME, anthropic/NAME, google/NAME, ollama/NAME, vllm/NAME
# roles: { judge: openai/NAME }
# strategy: auto
# effort: medium
# runs: ./runs

# profiles:                   # models of sojourn serve
#   careful: { model: nano, strategy: vote, effort: high }

# settings:
#   maxTokens: 2048
#   concurrency: 16
#   seed: 0

# providers:
#   lab:                      # then: --model lab/NAME
#     baseUrl: http://127.0.0.1:8000/v1
#     apiKeyEnv: LAB_API_KEY
`;

/** Adds `sojourn init`: writes a commented `sojourn.yaml`. */
export function addInitCommand(program: Command, { output }: CommandContext): void {
  program
    .command("init")
    .description(`write a commented ${CONFIG_FILE} into this folder`)
    .option("--force", "write over the one that is there")
    .addHelpText("after", "\nExamples:\n  sojourn init")
    .action(({ force }: { force?: boolean }) => {
      if (existsSync(CONFIG_FILE) && force !== true) {
        throw new InputError(`${CONFIG_FILE} is here already; write over it with --force`);
      }
      try {
        writeFileSync(CONFIG_FILE, INITIAL_CONFIG);
      } catch (error) {
        throw new FailureError(`cannot write ${CONFIG_FILE}: ${messageOf(error)}`, error);
      }
      output.line(`wrote ${CONFIG_FILE}; next: sojourn ask "Is 9.11 or 9.7 larger?"`);
    });
}
