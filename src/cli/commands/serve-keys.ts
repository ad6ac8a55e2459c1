import type { Command } from "commander";
import type { CommandContext } from "../context.ts";
import { numberBetween, wholeNumber } from "../parse-option.ts";
import { table } from "../view/table.ts";

interface AddFlags {
  perMinute?: number;
  tokensPerDay?: number;
  usdPerDay?: number;
}

const EXAMPLES = `
Examples:
  sojourn serve keys add laptop
  sojourn serve keys add guest --per-minute 10 --tokens-per-day 200000
  sojourn serve keys list
  sojourn serve keys remove guest`;

/** Adds `sojourn serve keys`: who may send requests. `--keys` of `serve` says where they are kept. */
export function addKeysCommand(serve: Command, { output }: CommandContext): void {
  const keys = serve
    .command("keys")
    .description("add, list and remove the keys that the server takes")
    .addHelpText("after", EXAMPLES);
  const place = (): { file: string; json: boolean } => {
    const { keys: file, json = false } = serve.opts<{ keys: string; json?: boolean }>();
    return { file, json };
  };

  keys
    .command("add")
    .description("make a key and print it; only its hash is kept")
    .argument("<name>", "whose key it is: letters, digits, -, _ and .")
    .option("--per-minute <n>", "most requests a minute", wholeNumber(1))
    .option("--tokens-per-day <n>", "most input and output tokens a day", wholeNumber(1))
    .option("--usd-per-day <dollars>", "most money a day", numberBetween(0, Number.POSITIVE_INFINITY))
    .action(async (name: string, { perMinute, tokensPerDay, usdPerDay }: AddFlags) => {
      const { addKey } = await import("../../server/index.ts");
      const { file, json } = place();
      const limits = {
        ...(perMinute !== undefined && { requestsPerMinute: perMinute }),
        ...(tokensPerDay !== undefined && { tokensPerDay }),
        ...(usdPerDay !== undefined && { usdPerDay }),
      };
      const key = addKey(file, name, limits, new Date());
      output.line(json ? JSON.stringify({ name, key, file }) : key);
      if (!json) output.note(`kept as a hash in ${file}; the key itself is shown this once`);
    });

  keys
    .command("list")
    .description("list the names of the keys and what they may use")
    .action(async () => {
      const { readKeys } = await import("../../server/index.ts");
      const { file, json } = place();
      const known = readKeys(file).map(({ hash: _, ...key }) => key);
      if (json) output.line(JSON.stringify(known));
      else {
        const rows = known.map(({ name, createdAt, requestsPerMinute, tokensPerDay, usdPerDay }) => [
          name,
          createdAt.slice(0, 10),
          requestsPerMinute === undefined ? "" : `${requestsPerMinute} a minute`,
          tokensPerDay === undefined ? "" : `${tokensPerDay} tokens a day`,
          usdPerDay === undefined ? "" : `$${usdPerDay} a day`,
        ]);
        for (const line of table(["name", "since", "requests", "tokens", "money"], rows)) output.line(line);
      }
    });

  keys
    .command("remove")
    .description("remove a key; a running server takes it until it is started again")
    .argument("<name>", "whose key it is")
    .action(async (name: string) => {
      const { removeKey } = await import("../../server/index.ts");
      const { file } = place();
      removeKey(file, name);
      output.note(`removed ${name} from ${file}`);
    });
}
