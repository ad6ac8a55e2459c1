// One call: a question in, an answer, its cost and its time out. `verbose` tells what happens meanwhile on stderr.
import { reply } from "sojourn";

const question = process.argv[2] ?? "Is 9.11 or 9.7 larger?";
const { text, strategy, usage, costUsd, wallMs } = await reply(question, "nano", { verbose: true });

console.log(`${text} (${strategy}, ${usage.outputTokens} tokens, $${costUsd}, ${Math.round(wallMs)} ms)`);
