import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { killedEval, undisturbedEval } from "../test/support/eval-kill-chain.ts";

/**
 * An evaluation of a thousand problems, two answers each, on the testing endpoint, killed three times by SIGKILL at random
 * moments and resumed: its report has to be that of an unbroken one, and no finished call may be sent again.
 */
const PROBLEMS = 1000;
const KILLS = 3;

const root = mkdtempSync(join(tmpdir(), "sojourn-eval-kills-"));
const folder = (name: string): string => mkdtempSync(join(root, name));
try {
  const size = { problems: PROBLEMS, samples: 2 };
  const whole = await undisturbedEval({ ...size, folder: folder("whole-") });
  let failed = 0;
  console.log("| seed | kills | requests | undisturbed | repeated calls | report |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const seed of [1, 2, 3]) {
    const killed = await killedEval({ ...size, folder: folder("killed-") }, KILLS, seed);
    const same = isDeepStrictEqual(killed.report, whole.report);
    if (!same || killed.repeated.length > 0 || killed.kills < KILLS) failed++;
    const cells = [seed, killed.kills, killed.requests, whole.requests, killed.repeated.length];
    console.log(`| ${cells.join(" | ")} | ${same ? "the same" : "ANOTHER"} |`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
