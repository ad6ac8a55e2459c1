import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { strategies } from "../src/strategies/registry.ts";
import { killChain, undisturbed } from "../test/support/kill-chain.ts";

/**
 * Kills batches of questions by SIGKILL at fifty random moments and more, over all strategies, and resumes them: no
 * finished call may be sent again, and the answers and the events have to be those of a run that nothing disturbed.
 */
const KILLS = 50;
const QUESTIONS = 3;
const KILLS_A_RUN = 4;

const [only] = process.argv.slice(2);
const tried = strategies.filter(({ name }) => only === undefined || name === only);
let killed = 0;
let failed = 0;

console.log("| strategy | kills | calls | undisturbed | repeated calls | answers | events |");
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (let seed = 0; killed < KILLS && seed < KILLS; seed++) {
  for (const { name: strategy } of tried) {
    const root = mkdtempSync(join(tmpdir(), "sojourn-kills-"));
    const whole = await undisturbed({ strategy, questions: QUESTIONS });
    const end = await killChain({ root, strategy, questions: QUESTIONS, kills: KILLS_A_RUN, seed });
    rmSync(root, { recursive: true, force: true });
    killed += end.kills;
    const answers = isDeepStrictEqual(end.answers, whole.answers);
    const events = isDeepStrictEqual(end.stories, whole.stories);
    if (end.repeated.length > 0 || !answers || !events) failed++;
    const same = (agree: boolean) => (agree ? "the same" : "OTHERS");
    const cells = [
      strategy,
      end.kills,
      end.requests,
      whole.requests,
      end.repeated.length,
      same(answers),
      same(events),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
console.log(
  `\n${killed} kills, ${failed === 0 ? "nothing repeated and nothing changed" : `${failed} runs differ`}`,
);
process.exitCode = failed === 0 ? 0 : 1;
