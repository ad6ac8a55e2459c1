import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import pMap from "p-map";
import { readPackage, root } from "./project.ts";

/** How one check ended: what it printed, and whether it found nothing. */
interface Outcome {
  name: string;
  passed: boolean;
  output: string;
  seconds: number;
}

function run(name: string): Promise<Outcome> {
  const start = performance.now();
  const options = { cwd: root, maxBuffer: 64 * 2 ** 20, env: { ...process.env, NO_COLOR: "1" } };
  return new Promise((resolve) => {
    execFile("npm", ["run", "--silent", name], options, (error, stdout, stderr) => {
      const seconds = (performance.now() - start) / 1000;
      resolve({ name, passed: error === null, output: `${stdout}${stderr}`.trim(), seconds });
    });
  });
}

// One a core: more at once end no sooner, and the documentation's commands have a limit of time.
const names = Object.keys(readPackage().scripts).filter((name) => name.startsWith("check:"));
const outcomes = await pMap(names, run, { concurrency: availableParallelism() });
for (const { name, passed, output, seconds } of outcomes) {
  console.log(`${passed ? "ok  " : "FAIL"} ${name} ${seconds.toFixed(1)} s`);
  if (!passed) console.log(output.replace(/^/gm, "     "));
}
const failed = outcomes.filter(({ passed }) => !passed).length;
console.log(`${outcomes.length - failed} checks passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
