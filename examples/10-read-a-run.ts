// Everything that happened is in the run's log. Trees, thoughts and usage are folds over it, while it grows or later.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fold, foldThoughts, foldUsage, think } from "sojourn";
import { LOG_FILE, listRuns, readLog, readManifest } from "sojourn/runs";

const root = process.argv[2] ?? mkdtempSync(join(tmpdir(), "sojourn-runs-"));
await think("How many r's are in strawberry?", { strategy: "vote", samples: 3, seed: 7, run: root });

for (const id of listRuns(root)) {
  const folder = join(root, id);
  const { events } = readLog(join(folder, LOG_FILE));
  console.log(
    `${readManifest(folder).state}: ${events.length} events, ${fold(foldUsage, events).calls} calls`,
  );
  for (const { question, strategy, tree, answer, reason } of fold(foldThoughts, events).values()) {
    console.log(`${question?.text} ${answer} (${strategy}: ${reason})`);
    for (const node of tree.nodes()) console.log(`${"  ".repeat(node.depth)}${node.text}`);
  }
}
