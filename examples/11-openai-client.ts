// Strategies behind the OpenAI API: any client of it will do. `npx sojourn serve` is the same as a command.
import OpenAI from "openai";
import { createServerContext, startServer } from "sojourn/server";

const server = await startServer(createServerContext());
const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: "none" });

const stream = await client.responses.create({
  model: "vote+nano",
  input: "What is 347 + 586?",
  reasoning: { effort: "medium", summary: "detailed" },
  stream: true,
});
for await (const event of stream) {
  if (event.type === "response.reasoning_summary_text.delta") process.stdout.write(event.delta);
  if (event.type === "response.output_text.done") console.log(`The answer is ${event.text}.`);
  if (event.type === "response.completed") console.log(`${event.response.usage?.output_tokens} tokens`);
}
await server.close();
