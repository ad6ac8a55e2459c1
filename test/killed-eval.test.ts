import { expect, test } from "vitest";
import { killedEval, undisturbedEval } from "./support/eval-kill-chain.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

// `npm run bench -- eval-kills` does it with a thousand problems.
test("an evaluation of 200 problems, killed three times and resumed, gives the report of an unbroken one", async () => {
  const size = { problems: 200, samples: 1 };
  const whole = await undisturbedEval({ ...size, folder: temporaryFolder() });
  const killed = await killedEval({ ...size, folder: temporaryFolder() }, 3, 1);
  expect(whole.report).toMatchObject({ answers: 200, state: "finished", failed: 0 });
  expect(killed.kills).toBe(3);
  expect(killed.repeated).toEqual([]);
  expect(killed.report).toEqual(whole.report);
  expect(killed.requests).toBeGreaterThanOrEqual(whole.requests);
}, 120_000);
