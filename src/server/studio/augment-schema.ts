import { z } from "zod";
import { thoughtPartSchema } from "../../runs/annotations/annotation.ts";

/** How a human-written thought can be made more of: finer steps, pauses that look back, an explorer's voice. */
const augmentationSchema = z.enum(["granularity", "gradual", "explorer"]);

/** A human-written thought and what is to be made of it: `POST /api/augment`. */
export const augmentRequestSchema = z.strictObject({
  /** What was asked. */
  question: z.string().min(1).max(100_000),
  parts: z.array(thoughtPartSchema).min(1).max(500),
  /** What the thought arrives at; a text that arrives elsewhere is refused. */
  answer: z.string().min(1).max(10_000),
  way: augmentationSchema,
  /** `provider/model`; default the config's writer, else its model. */
  writer: z.string().min(1).max(200).optional(),
});
export type AugmentRequest = z.infer<typeof augmentRequestSchema>;

/** What the writer made of it, line by line; nothing is kept until a person takes it over. */
export const augmentReplySchema = z.strictObject({ lines: z.array(z.string()), writer: z.string() });
export type AugmentReply = z.infer<typeof augmentReplySchema>;
