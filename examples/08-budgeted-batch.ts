// Many questions over one set of models, each with a budget of its own: at its end there is the best answer so far.
import { completeRequest, createRegistry, memoryRun, thinkMany } from "sojourn";

const questions = [
  "Is 9.11 or 9.7 larger?",
  "What is 347 + 586?",
  "How many r's are in strawberry?",
  "Who am I?",
];
const request = completeRequest({
  strategy: "vote",
  settings: { samples: 8, maxTokens: 120, budget: { tokens: 250, seconds: 60 } },
});
const { log } = memoryRun({ command: "batch", request: null, models: { policy: request.model }, seed: 0 });

let tokens = 0;
for await (const outcome of thinkMany(
  questions.map((text, index) => ({ id: `q${index + 1}`, text })),
  request,
  { registry: createRegistry(), run: log, atOnce: 4 },
)) {
  const { id } = outcome.question;
  if ("failed" in outcome) {
    console.log(`${id}: ${outcome.failed.message}`);
    continue;
  }
  const { text = "no answer", stopReason, usage } = outcome.thought;
  console.log(`${id}: ${text} (${stopReason}, ${usage.inputTokens + usage.outputTokens} tokens)`);
  tokens += usage.inputTokens + usage.outputTokens;
}
console.log(`${tokens} tokens in all`);
