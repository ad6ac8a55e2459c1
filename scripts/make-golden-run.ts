import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRegistry } from "../src/models/registry.ts";
import { createRun } from "../src/runs/open-run.ts";
import { thinkThrough } from "../src/strategies/think.ts";
import { completeRequest } from "../src/strategies/think-request.ts";
import { root } from "./project.ts";

/**
 * Writes `test/golden/ask` anew: a small run whose folder the tests read with today's code, so that a change of the
 * log's format shows. To be run when the format is changed on purpose: `npx tsx scripts/make-golden-run.ts`.
 */
async function makeGoldenRun(): Promise<void> {
  let now = Date.UTC(2024, 8, 12, 10, 0, 0);
  // Fixed, so that a new golden run differs from the old one in the format and the time of its call alone.
  const clock = (): number => now++;
  const runs = mkdtempSync(join(tmpdir(), "sojourn-golden-"));
  const question = { id: "q1", text: "Which way leads out of the maze?" };
  const settings = { samples: 3, seed: 7 };
  const request = completeRequest({ model: "scripted/tree", strategy: "vote", effort: "low", settings });
  const run = createRun(
    {
      command: "ask",
      request: JSON.parse(JSON.stringify({ question, think: request })),
      models: { policy: "scripted/tree" },
      seed: settings.seed,
    },
    { root: runs, clock },
  );
  await thinkThrough(question, request, { registry: createRegistry({}, {}), run });
  run.finish();
  const golden = join(root, "test/golden/ask");
  rmSync(golden, { recursive: true, force: true });
  renameSync(join(runs, run.id), golden);
  rmSync(runs, { recursive: true });
}

await makeGoldenRun();
