import type { Attributes } from "@opentelemetry/api";
import { z } from "zod";
import type { EventOf } from "../../thought/event.ts";
import { turnSchema } from "../../thought/question.ts";
import type { TokenUsage } from "../../thought/usage.ts";

/** Names of the GenAI conventions for the providers that they know by another name than we do. */
const PROVIDERS: Readonly<Record<string, string>> = { google: "gcp.gemini" };

/** A model's name as the GenAI conventions have it, from `provider/model` or `nano`. */
export function modelAttributes(name: string): Attributes & { "gen_ai.request.model": string } {
  const slash = name.indexOf("/");
  const provider = slash === -1 ? name : name.slice(0, slash);
  return {
    "gen_ai.provider.name": PROVIDERS[provider] ?? provider,
    "gen_ai.request.model": slash === -1 ? name : name.slice(slash + 1),
  };
}

/** Tokens as the GenAI conventions count them; our estimates and the price stand under names of our own. */
export function usageAttributes(usage: TokenUsage): Attributes {
  const { inputTokens, outputTokens, reasoningTokens, estimatedOutputTokens, calls, costUsd } = usage;
  return {
    "gen_ai.usage.input_tokens": inputTokens,
    "gen_ai.usage.output_tokens": outputTokens,
    "gen_ai.usage.reasoning.output_tokens": reasoningTokens,
    ...(estimatedOutputTokens > 0 && { "sojourn.usage.estimated_output_tokens": estimatedOutputTokens }),
    "sojourn.usage.requests": calls,
    ...(costUsd !== null && { "sojourn.usage.cost_usd": costUsd }),
  };
}

const requestSchema = z.object({
  system: z.string().optional(),
  messages: z.array(turnSchema),
  prefill: z.string().optional(),
  parameters: z.object({
    samples: z.number().default(1),
    maxTokens: z.number().optional(),
    temperature: z.number().optional(),
    topP: z.number().optional(),
    stop: z.array(z.string()).optional(),
    seed: z.number().optional(),
    schema: z.string().optional(),
  }),
});

/** What one call asked for and brought back. With `content`, prompts and replies too. */
export function callAttributes(
  call: EventOf<"call-finished">,
  { content }: { content: boolean },
): Attributes {
  const parsed = requestSchema.safeParse(call.request);
  const reasons = { "gen_ai.response.finish_reasons": call.samples.map(({ finishReason }) => finishReason) };
  if (!parsed.success) return reasons;
  const { parameters, system, messages, prefill } = parsed.data;
  const { samples, maxTokens, temperature, topP, stop, seed, schema } = parameters;
  return {
    ...(samples > 1 && { "gen_ai.request.choice.count": samples }),
    ...(maxTokens !== undefined && { "gen_ai.request.max_tokens": maxTokens }),
    ...(temperature !== undefined && { "gen_ai.request.temperature": temperature }),
    ...(topP !== undefined && { "gen_ai.request.top_p": topP }),
    ...(stop !== undefined && { "gen_ai.request.stop_sequences": stop }),
    ...(seed !== undefined && { "gen_ai.request.seed": seed }),
    ...(schema !== undefined && { "gen_ai.output.type": "json" }),
    ...reasons,
    ...(content && {
      ...(system !== undefined && { "gen_ai.system_instructions": JSON.stringify([textPart(system)]) }),
      "gen_ai.input.messages": JSON.stringify([
        ...messages.map((turn) => ({ role: turn.role, parts: [textPart(turn.content)] })),
        ...(prefill === undefined ? [] : [{ role: "assistant", parts: [textPart(prefill)] }]),
      ]),
      "gen_ai.output.messages": JSON.stringify(call.samples.map(outputMessage)),
    }),
  };
}

function outputMessage({
  text,
  reasoning,
  finishReason,
}: EventOf<"call-finished">["samples"][number]): object {
  const thinking = reasoning === undefined ? [] : [{ type: "reasoning", content: reasoning }];
  return { role: "assistant", parts: [...thinking, textPart(text)], finish_reason: finishReason };
}

function textPart(content: string): object {
  return { type: "text", content };
}
