import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Endpoint,
  type EndpointOptions,
  type EndpointReply,
  startEndpoint,
} from "../../src/models/testing/index.ts";

/** Two doors one after the other; the answer is the number of the last one. A third of all ways are right. */
const walker: EndpointReply = (prompt, _sample, seed) => {
  const taken = [...(prompt.prefill ?? "").matchAll(/door (\d)/g)].map((match) => Number(match[1]));
  const lines: string[] = [];
  while (taken.length < 2) {
    taken.push(Math.floor(seed / 3 ** taken.length) % 3);
    lines.push(`step ${taken.length}: door ${taken.at(-1)}`);
  }
  return { text: [...lines, `Answer: ${taken.at(-1)}`].join("\n"), meanLogprob: -(seed % 8) / 8 };
};

/** Refines notes, and loses the last one in a third of its attempts. */
const refiner: EndpointReply = (prompt, _sample, seed) => {
  const notes = [...(prompt.messages.at(-1)?.content ?? "").matchAll(/^\[(\d+)\] (.*)$/gm)];
  const kept = seed % 3 === 0 ? notes.slice(0, -1) : notes;
  return kept.map(([, number, text]) => `[${number}] So, ${text} (${seed % 10}0)`).join("\n");
};

/** The models `vllm/walker` and `vllm/refiner` behind an endpoint, and mazes for them whose right door is number 1. */
export async function startWalker(
  folder: string,
  mazes: number,
  options: Omit<EndpointOptions, "reply"> = {},
): Promise<{ endpoint: Endpoint; config: string; data: string }> {
  const endpoint = await startEndpoint({
    ...options,
    reply: (prompt, sample, seed, request) =>
      (request.body.model === "refiner" ? refiner : walker)(prompt, sample, seed, request),
  });
  const config = join(folder, "sojourn.yaml");
  const prices = { "*": { input: 1, output: 2 } };
  writeFileSync(config, JSON.stringify({ providers: { vllm: { baseUrl: endpoint.url, prices } } }));
  const data = join(folder, "mazes.jsonl");
  const problems = Array.from({ length: mazes }, (_, place) => ({
    question: `Which door leads out of maze ${place}?`,
    answer: 1,
  }));
  writeFileSync(data, problems.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return { endpoint, config, data };
}
