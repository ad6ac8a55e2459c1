import { z } from "zod";
import type { NanoSample } from "./generation.ts";
import type { GenerateOptions } from "./nano.ts";

/** A request as it goes to a decoding thread: all that can be sent, which is all but the listener and the signal. */
export type ThreadRequest = Omit<GenerateOptions, "onToken" | "signal">;

/** What a decoding thread is told. */
export type ThreadMessage =
  | { id: number; generate: ThreadRequest }
  | { id: number; abort: true }
  /** Load the model's folder anew, as it is by now. Answered with no samples. */
  | { id: number; reload: true };

/** Both ends are ours and in one process: the shape is checked as far as it tells the messages apart. */
export const threadMessageSchema = z.union([
  z.object({ id: z.int(), generate: z.custom<ThreadRequest>((value) => typeof value === "object") }),
  z.object({ id: z.int(), abort: z.literal(true) }),
  z.object({ id: z.int(), reload: z.literal(true) }),
]);

/** What a decoding thread answers: `input` says that the request was wrong, not that decoding failed. */
export const threadReplySchema = z.union([
  z.object({ id: z.int(), samples: z.custom<NanoSample[]>((value) => Array.isArray(value)) }),
  z.object({ id: z.int(), failed: z.string(), input: z.boolean() }),
]);
export type ThreadReply = z.infer<typeof threadReplySchema>;
