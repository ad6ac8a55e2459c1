import { z } from "zod";

/** How much of the thinking a client sees: all of it as it goes on, summaries of its stages, or that it was there. */
export const reasoningModeSchema = z.enum(["visible", "summary", "hidden"]);
export type ReasoningMode = z.infer<typeof reasoningModeSchema>;

/** Where a chat completion holds it: a field under one of its two names, or `<think>` tags in the text. */
export const reasoningFieldSchema = z.enum(["reasoning_content", "reasoning", "think"]);
export type ReasoningField = z.infer<typeof reasoningFieldSchema>;

/** How the operator wants requests to be served. */
export interface Serving {
  /** Where a request says nothing else. Default `visible`. */
  reasoning: ReasoningMode;
  /** Where a request says nothing else. Default `reasoning_content`. */
  reasoningField: ReasoningField;
  /** The models and profiles that may be used. Default: all that have a provider. */
  models?: readonly string[] | undefined;
  /** Requests that are thought about at once; further ones are refused. Default 1024. */
  atOnce: number;
  /** Most seconds of thinking about a request; then its best answer so far is sent. Default 600. */
  seconds: number;
  /** Most bytes of a request. Default 4 MiB. */
  bodyBytes: number;
  /** Whether what is served is kept as runs. Default: it is not. */
  record: boolean;
}

/** What holds where the operator says nothing. */
export const DEFAULT_SERVING: Serving = {
  reasoning: "visible",
  reasoningField: "reasoning_content",
  atOnce: 1024,
  seconds: 600,
  bodyBytes: 4 * 1024 * 1024,
  record: false,
};
