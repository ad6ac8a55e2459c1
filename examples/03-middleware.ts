// Middleware makes any model of the AI SDK think: here nano, in its place any other, such as openai("gpt-5-mini").
import { generateText, wrapLanguageModel } from "ai";
import { sojournMiddleware } from "sojourn";
import { nanoModel } from "sojourn/nano";

const model = wrapLanguageModel({
  model: nanoModel(),
  middleware: sojournMiddleware({
    strategy: "vote",
    samples: 3,
    confidence: 1,
    // Only for nano, which reads the bare question; other models are told to think step by step.
    backend: { traits: { followsInstructions: false } },
  }),
});
const { text, providerMetadata } = await generateText({ model, prompt: "How many r's are in strawberry?" });

console.log(`${text}: ${providerMetadata?.["sojourn"]?.["reason"]}`);
