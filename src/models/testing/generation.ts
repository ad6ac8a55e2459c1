import { hashText } from "../../thought/random.ts";
import type { Prompt } from "../client.ts";
import type { ScriptedReply } from "../scripted.ts";
import { countTokens } from "../tokens.ts";
import type { EndpointRequest } from "./request.ts";

/** Where the endpoint puts thinking: a field of its own under one of its two names, or tags in the text. */
export type ReasoningForm = "reasoning_content" | "reasoning" | "think-tags";

/**
 * What the model behind the endpoint says. It should depend on its arguments alone, so that a run can be repeated.
 *
 * @param sample the choice's index within its request
 * @param seed the request's seed for its first choice, and one that follows from it for each further choice
 */
export type EndpointReply = (
  prompt: Prompt,
  sample: number,
  seed: number,
  request: EndpointRequest,
) => ScriptedReply;

/** One choice as it goes over the wire. */
export interface Choice {
  index: number;
  /** Thinking in a field of its own; empty where there is none. */
  reasoning: string;
  content: string;
  finishReason: "stop" | "length";
  meanLogprob?: number | undefined;
}

/** Tokens as the endpoint counts them, by the o200k vocabulary. */
export interface TokenCount {
  prompt: number;
  /** Thinking included. */
  completion: number;
  reasoning: number;
}

/** A prompt's tokens and those that a chat template adds. */
export function countPrompt({ system, messages, prefill }: Prompt): number {
  const texts = messages.map(({ content }) => content);
  if (system !== undefined) texts.push(system);
  if (prefill !== undefined) texts.push(prefill);
  return texts.reduce((sum, text) => sum + countTokens(text) + 4, 2);
}

/** The tokens of some choices, as far as they were made. */
export function countChoices(choices: readonly Pick<Choice, "content" | "reasoning">[]): {
  completion: number;
  reasoning: number;
} {
  let completion = 0;
  let reasoning = 0;
  for (const choice of choices) {
    const thinking = choice.reasoning === "" ? 0 : countTokens(choice.reasoning);
    completion += thinking + (choice.content === "" ? 0 : countTokens(choice.content));
    reasoning += thinking;
  }
  return { completion, reasoning };
}

/** Words with the space before them: what a stream sends at a time, and where a token limit cuts. */
export function piecesOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/** Has the script say `count` choices; they end at the stop texts and at the most tokens. */
export function generate(
  request: EndpointRequest,
  { reply, count, form }: { reply: EndpointReply; count: number; form: ReasoningForm },
): Choice[] {
  // A server without a seed draws another reply each time.
  const seed = request.body.seed ?? hashText(`unseeded/${request.number}`);
  return Array.from({ length: count }, (_, index) => {
    const said = reply(request.prompt, index, index === 0 ? seed : hashText(`${seed}/${index}`), request);
    const { text, reasoning = "", meanLogprob } = typeof said === "string" ? { text: said } : said;
    const apart = form !== "think-tags";
    const thinking = apart ? reasoning : "";
    const written = apart || reasoning === "" ? text : `<think>\n${reasoning}\n</think>\n\n${text}`;
    const ended = endAt(written, request.stop);
    const thought = limitTo(thinking, request.maxTokens);
    const left = request.maxTokens - (thinking === "" ? 0 : countTokens(thought));
    const content = thought.length < thinking.length ? "" : limitTo(ended, left);
    const cut = thought.length < thinking.length || content.length < ended.length;
    return { index, reasoning: thought, content, finishReason: cut ? "length" : "stop", meanLogprob };
  });
}

function endAt(text: string, stop: readonly string[]): string {
  const ends = stop.map((one) => text.indexOf(one)).filter((at) => at !== -1);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

/** The words of a text that fit into so many tokens. */
function limitTo(text: string, most: number): string {
  if (most === Number.POSITIVE_INFINITY || countTokens(text) <= most) return text;
  let kept = "";
  let tokens = 0;
  for (const piece of piecesOf(text)) {
    tokens += countTokens(piece);
    if (tokens > most) break;
    kept += piece;
  }
  return kept;
}
