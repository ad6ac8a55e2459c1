import { z } from "zod";

/** Fewest actions that a planner has to think of at each step. */
const LEAST_ACTIONS = 4;

const actionSchema = z.object({
  action: z.string().trim().min(1),
  /** From 1 (useless) to 5 (best). */
  score: z.number().min(1).max(5),
  reason: z.string().trim(),
});

/** What a planner says at one step, in the order in which the prompt `plan-step` asks for it. */
export const plannedStepSchema = z
  .object({
    reflection: z.string().trim(),
    actions: z.array(actionSchema).min(LEAST_ACTIONS).max(64),
    /** Place of the action that is carried out; the first is 1. */
    decision: z.int().min(1),
    execution: z.string().trim().min(1),
    /** The best answer after this step; null while there is none. Some models write a number bare. */
    answer: z.union([z.string(), z.number(), z.null()]),
    /** Whether planning is to end here. */
    done: z.boolean(),
  })
  .refine(({ actions, decision }) => decision <= actions.length, {
    path: ["decision"],
    error: "has to be the number of one of the actions",
  });

/** One step as a planner says it. */
export type PlannedStep = z.infer<typeof plannedStepSchema>;
