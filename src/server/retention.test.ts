import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { createRun } from "../runs/open-run.ts";
import { listRuns } from "../runs/run-folder.ts";
import { removeOldRuns } from "./retention.ts";

const DAY_MS = 86_400_000;

test("only what servers recorded, is over and is too old goes", async () => {
  const root = join(temporaryFolder(), "runs");
  const now = 100 * DAY_MS;
  const made = (command: string, days: number, over = true): string => {
    const run = createRun(
      { command, request: {}, models: {}, seed: 0 },
      { root, clock: () => now - days * DAY_MS },
    );
    if (over) run.finish();
    return run.id;
  };
  const old = made("serve", 31);
  const young = made("serve", 29);
  const asked = made("ask", 300);
  const begun = made("serve", 40, false);
  expect(await removeOldRuns(root, 30, now)).toEqual([old]);
  expect(listRuns(root).toSorted()).toEqual([asked, begun, young].toSorted());
  expect(await removeOldRuns(join(root, "nothing"), 30, now)).toEqual([]);
});
