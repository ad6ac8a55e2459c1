// A strategy over a model is a model of the AI SDK: its thinking streams as reasoning, then comes the answer.
import { streamText } from "ai";
import { createSojourn } from "sojourn";

const sojourn = createSojourn({ samples: 3 });
const result = streamText({ model: sojourn("vote+nano"), prompt: "What is 347 + 586?", seed: 1 });

for await (const part of result.fullStream) {
  if (part.type === "reasoning-delta") process.stdout.write(part.text);
  if (part.type === "text-delta") process.stdout.write(`\nThe answer is ${part.text}.\n`);
}
const { outputTokens, outputTokenDetails } = await result.usage;
console.log(`${outputTokens} tokens, ${outputTokenDetails.reasoningTokens} of them for thinking`);
