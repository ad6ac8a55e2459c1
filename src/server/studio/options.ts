import { checkerNames } from "../../problems/checkers.ts";
import { DEFAULT_EFFORT, efforts } from "../../strategies/effort.ts";
import { strategies } from "../../strategies/registry.ts";
import { DEFAULT_MODEL } from "../../strategies/think-request.ts";
import { roleSchema } from "../../thought/usage.ts";
import type { ServerContext } from "../context.ts";
import type { Options } from "./ask-schema.ts";
import { agentPrompts, promptsOf } from "./strategy-prompts.ts";

/** What can be asked here, and what is taken where nothing is chosen. */
export function optionsOf({ config, registry }: Pick<ServerContext, "config" | "registry">): Options {
  const named = [config.model, ...Object.values(config.roles ?? {})].flatMap((name) => name ?? []);
  const providers = registry.list().map(({ provider, example, configured, needs }) => ({
    // An example names no model of its own, but for those that run in this process.
    name: example.startsWith(`${provider}/`) && provider !== "scripted" ? `${provider}/` : example,
    configured,
    ...(needs === undefined ? {} : { needs }),
  }));
  const listed = new Set(providers.map(({ name }) => name));
  return {
    strategies: strategies.map(({ name, description, needsInstructions = false }) => ({
      ...{ name, description, needsInstructions },
      prompts: promptsOf(name),
    })),
    efforts: [...efforts],
    models: [
      ...[...new Set(named)].filter((name) => !listed.has(name)).map((name) => ({ name, configured: true })),
      ...providers,
    ],
    checkers: [...checkerNames],
    roles: [...roleSchema.options],
    prompts: agentPrompts(config.prompts),
    defaults: {
      strategy: config.strategy ?? "auto",
      effort: config.effort ?? DEFAULT_EFFORT,
      model: config.model ?? DEFAULT_MODEL,
    },
  };
}
