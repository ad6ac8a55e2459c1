import { z } from "zod";

const wovenSchema = z.strictObject({
  lines: z.array(
    z.strictObject({
      text: z.string(),
      /** What the line is; null where that is not known. */
      kind: z.enum(["step", "wrong", "reflection", "return"]).nullable(),
    }),
  ),
  /** Who put it into words: `draft`, `grammar`, or a model's name. */
  wording: z.string(),
});
/** A long thought as it stands in a data set. */
export type WovenThought = z.infer<typeof wovenSchema>;

/**
 * The long thoughts that a question's tree was woven into, each as the draft and as it was refined:
 * `GET /api/runs/:run/questions/:question/woven`.
 */
export const wovenReplySchema = z.strictObject({
  pairs: z.array(
    z.strictObject({
      /** The folder of data sets, as the studio calls it. */
      set: z.string(),
      /** The thought's id in it. */
      id: z.string(),
      draft: wovenSchema,
      refined: wovenSchema,
    }),
  ),
});
export type WovenReply = z.infer<typeof wovenReplySchema>;
