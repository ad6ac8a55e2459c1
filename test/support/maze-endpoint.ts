import type { ModelRegistry } from "../../src/models/registry.ts";
import { createRegistry } from "../../src/models/registry.ts";
import { treeReply } from "../../src/models/scripted-tree.ts";
import type { EndpointReply } from "../../src/models/testing/index.ts";
import { scriptedRoles } from "../../src/strategies/scripted-roles.ts";
import type { ThinkRequest } from "../../src/strategies/think-request.ts";
import type { Question } from "../../src/thought/question.ts";
import { hashText } from "../../src/thought/random.ts";
import { roleSchema } from "../../src/thought/usage.ts";

/**
 * What the models of a scripted world say over a wire: the model `maze` walks the maze of `models/scripted-tree.ts`, and
 * a model of a role's name plays that role.
 */
export const mazeReply: EndpointReply = (prompt, sample, seed, { body }) => {
  const role = roleSchema.safeParse(body.model);
  const reply = role.success ? scriptedRoles[role.data] : undefined;
  if (reply !== undefined) return reply(prompt, sample, seed);
  const said = treeReply(prompt, seed);
  const { text, ...rest } = typeof said === "string" ? { text: said } : said;
  return { meanLogprob: -(hashText(`${seed}`) % 8) / 8, ...rest, text };
};

/** The models of a scripted world behind an endpoint: vLLM's, which continue thoughts and report log-probabilities. */
export function mazeRegistry(url: string, { inFlight = 1024, samples = 64 } = {}): ModelRegistry {
  const providers = { vllm: { baseUrl: url, samples, limits: { inFlight } } };
  return createRegistry({ providers }, {});
}

/** Questions that each have a maze of their own. */
export function mazeQuestions(count: number): Question[] {
  return Array.from({ length: count }, (_, place) => ({
    id: `q${place}`,
    text: `Which way leads out of maze ${place}?`,
  }));
}

/** The names of these models, for a request. */
export const mazeModels: Pick<ThinkRequest, "model" | "roles"> = {
  model: "vllm/maze",
  roles: Object.fromEntries(Object.keys(scriptedRoles).map((role) => [role, `vllm/${role}`])),
};
