import { createRun, resumeRun } from "../../src/runs/open-run.ts";
import { batchRun, thinkBatch } from "./maze-batch.ts";

/** Thinks about a batch until it is killed or done: a new run, or one to resume. Says its id, then its answers. */
const [root = "", url = "", strategy = "", questions = "", resumed] = process.argv.slice(2);
const run =
  resumed === undefined ? createRun(batchRun(strategy), { root }) : resumeRun(resumed, { root }).log;
console.log(run.id);
const answers = await thinkBatch({ url, strategy, questions: Number(questions) }, run);
run.finish();
console.log(JSON.stringify(answers));
