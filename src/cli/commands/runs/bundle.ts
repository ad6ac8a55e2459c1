import type { Command } from "commander";
import { findRun } from "../../../runs/run-folder.ts";
import type { CommandContext } from "../../context.ts";
import { plural } from "../../view/format.ts";
import { addPlaceOption, type PlaceFlags, rootOf } from "./runs-place.ts";

interface BundleFlags extends PlaceFlags {
  out: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  sojourn runs bundle latest --out site
  sojourn runs bundle 20261121-121530 20261121-130000 --out site`;

/** Adds `sojourn runs bundle`: runs as a static site, to share what a model thought. */
export function addBundleCommand(runs: Command, context: CommandContext): void {
  const { output } = context;
  addPlaceOption(
    runs
      .command("bundle")
      .description("write runs as a static site: the studio with their data, to share")
      .argument("<run...>", "runs: ids, beginnings of ids, or latest")
      .requiredOption("--out <folder>", "where the site goes")
      .option("--json", "print one JSON object"),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (names: string[], flags: BundleFlags) => {
      const { writeBundle } = await import("../../../server/bundle/write-bundle.ts");
      const root = rootOf(flags, context);
      const ids = [...new Set(names.map((name) => findRun(root, name)))];
      const { out } = flags;
      const written = await writeBundle({ root, runs: ids, out });
      if (flags.json) return output.line(JSON.stringify({ ...written, out }));
      output.line(`${plural(written.runs, "run")} with ${plural(written.thoughts, "thought")} in ${out}`);
      output.note(`see it with: npx serve -s ${out}`);
    });
}
