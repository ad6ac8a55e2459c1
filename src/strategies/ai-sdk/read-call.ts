import {
  type LanguageModelV3CallOptions,
  type LanguageModelV3Prompt,
  type SharedV3Warning,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { z } from "zod";
import { defined } from "../../models/defined.ts";
import { InputError } from "../../thought/errors.ts";
import type { Question, Turn } from "../../thought/question.ts";
import { effortSchema } from "../effort.ts";
import { partialSettingsSchema } from "../settings.ts";
import type { ThinkOptions } from "../think-aloud.ts";

/** What one call may say under `providerOptions.sojourn`: how to think, as `think` takes it. */
const callOptionsSchema = partialSettingsSchema.extend({
  strategy: z.string().optional(),
  effort: effortSchema.optional(),
});

/** A call of the AI SDK in our words. */
export interface ReadCall {
  question: Question;
  /** What the call itself says of how to think; it goes before what the model was made with. */
  options: Pick<ThinkOptions, keyof z.infer<typeof callOptionsSchema>>;
  /** The answer ends before the first of these texts. */
  stop: readonly string[];
  /** What is asked for and cannot be done. */
  warnings: SharedV3Warning[];
}

/**
 * Reads a call of the AI SDK. The system message and earlier turns stay what they are; the last message is the question.
 * Throws an InputError where that is not the user's, and UnsupportedFunctionalityError where a message holds a file.
 */
export function readCall(call: LanguageModelV3CallOptions): ReadCall {
  const warnings: SharedV3Warning[] = [];
  const unsupported = (feature: string, details: string): void => {
    warnings.push({ type: "unsupported", feature, details });
  };
  const options = readOptions(call.providerOptions?.["sojourn"]);
  const { temperature, topP, seed, maxOutputTokens, stopSequences = [] } = call;
  if (temperature !== undefined) {
    if (temperature >= 0 && temperature <= 2) options.temperature = temperature;
    else unsupported("temperature", "it has to be between 0 and 2");
  }
  if (topP !== undefined) {
    if (topP > 0 && topP <= 1) options.topP = topP;
    else unsupported("topP", "it has to be above 0 and at most 1");
  }
  if (seed !== undefined) {
    if (Number.isSafeInteger(seed) && seed >= 0) options.seed = seed;
    else unsupported("seed", "it has to be a whole number from 0");
  }
  if (maxOutputTokens !== undefined) options.maxTokens = Math.max(1, Math.round(maxOutputTokens));
  for (const feature of ["topK", "presencePenalty", "frequencyPenalty"] as const)
    if (call[feature] !== undefined) unsupported(feature, "strategies sample by temperature and topP alone");
  if (call.responseFormat?.type === "json")
    unsupported("responseFormat", "the answer is text; put the format into the question");
  if (call.tools !== undefined && call.tools.length > 0)
    unsupported("tools", "strategies call no tools; give the tools to a model without one");
  return {
    question: readQuestion(call.prompt, warnings),
    options,
    stop: stopSequences.filter((text) => text !== ""),
    warnings,
  };
}

function readOptions(given: unknown): ReadCall["options"] {
  const parsed = callOptionsSchema.safeParse(given ?? {});
  if (parsed.success) return defined(parsed.data);
  const [wrong] = parsed.error.issues;
  throw new InputError(
    `providerOptions.sojourn ${wrong?.path.join(".")}: ${wrong?.message.toLowerCase()}`.trim(),
  );
}

function readQuestion(prompt: LanguageModelV3Prompt, warnings: SharedV3Warning[]): Question {
  const system: string[] = [];
  const turns: Turn[] = [];
  let tools = false;
  for (const message of prompt) {
    if (message.role === "system") system.push(message.content);
    else if (message.role === "tool") tools = true;
    else {
      const texts: string[] = [];
      for (const part of message.content) {
        if (part.type === "text") texts.push(part.text);
        else if (part.type === "file") {
          throw new UnsupportedFunctionalityError({
            functionality: "files in a message",
            message: "strategies think about text; ask a model that takes files without one",
          });
        } else if (part.type !== "reasoning") tools = true;
      }
      // An earlier turn of nothing but tool calls or thinking says nothing that a question could build on.
      const content = texts.join("\n");
      if (content !== "" || message.role === "user") turns.push({ role: message.role, content });
    }
  }
  if (tools)
    warnings.push({ type: "other", message: "tool calls and their results in earlier turns are left out" });
  const asked = turns.pop();
  if (asked === undefined || asked.role !== "user" || asked.content.trim() === "")
    throw new InputError("the last message has to be the user's question, as text");
  return {
    id: "q1",
    text: asked.content,
    ...defined({ system: system.length === 0 ? undefined : system.join("\n\n") }),
    ...(turns.length === 0 ? {} : { turns }),
  };
}
