import { z } from "zod";
import { type BudgetLimits, budgetLimitsSchema } from "../models/budget.ts";
import { defined } from "../models/defined.ts";
import { aggregationNames } from "../rewards/aggregate.ts";
import type { EventOf } from "../thought/event.ts";
import { type Effort, effortSettings } from "./effort.ts";
import type { StrategySettings } from "./strategy.ts";

/** Settings as a caller or a file may give them: any part of {@link StrategySettings}. */
export const partialSettingsSchema = z.strictObject({
  samples: z.int().min(1).max(4096).optional(),
  width: z.int().min(1).max(256).optional(),
  depth: z.int().min(1).max(1000).optional(),
  keep: z.int().min(1).max(256).optional(),
  rounds: z.int().min(1).max(100).optional(),
  rollouts: z.int().min(1).max(100_000).optional(),
  lookahead: z.int().min(0).max(100).optional(),
  exploration: z.number().min(0).max(100).optional(),
  confidence: z.number().min(0.5).max(1).optional(),
  threshold: z.number().min(0).max(1).optional(),
  reward: z.string().min(1).optional(),
  aggregate: z.enum([...aggregationNames, "auto"]).optional(),
  arm: z.string().min(1).optional(),
  summaries: z.union([z.boolean(), z.literal("auto")]).optional(),
  writer: z.union([z.boolean(), z.literal("auto")]).optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  maxTokens: z.int().min(1).optional(),
  concurrency: z.int().min(1).max(1024).optional(),
  order: z.enum(["arrival", "asked"]).optional(),
  seed: z.int().nonnegative().optional(),
  budget: budgetLimitsSchema.optional(),
});
export type PartialSettings = z.infer<typeof partialSettingsSchema>;

/** Where nothing else says otherwise. The order depends on the backend and is filled in by `think`. */
const baseline: Omit<StrategySettings, "order" | keyof (typeof effortSettings)["low"]> = {
  depth: 64,
  rounds: 3,
  lookahead: 2,
  exploration: 1.25,
  confidence: 0.95,
  threshold: 0.2,
  reward: "auto",
  aggregate: "auto",
  arm: "full",
  summaries: "auto",
  writer: "auto",
  temperature: 0.7,
  maxTokens: 2048,
  concurrency: 16,
  seed: 0,
};

/** The layers of settings, most important first. */
export interface SettingsLayers {
  /** The caller's flags or options. */
  asked: PartialSettings;
  /** The strategy's own defaults. */
  strategy: PartialSettings;
  effort: Effort;
  /** Whether the caller named the effort, or it came from the file or by default. */
  effortAsked: boolean;
  /** `settings` of `sojourn.yaml`. */
  configured: PartialSettings;
  /** The backend's default order. */
  order: StrategySettings["order"];
}

/**
 * A flag beats the strategy's default, which beats the effort's, which beats the file's; in a budget each limit by
 * itself. An effort that the caller did not name is itself a default, and the file's settings go before it.
 */
export function resolveSettings(layers: SettingsLayers): StrategySettings {
  const { asked, strategy, effort, effortAsked, configured, order } = layers;
  const fromEffort = effortSettings[effort];
  const rising: PartialSettings[] = [
    ...(effortAsked ? [configured, fromEffort] : [fromEffort, configured]),
    strategy,
    asked,
  ];
  const settings: StrategySettings = { ...baseline, ...fromEffort, order };
  const budget: BudgetLimits = {};
  for (const layer of rising) {
    Object.assign(settings, defined(layer));
    Object.assign(budget, defined(layer.budget ?? {}));
  }
  return { ...settings, budget };
}

/** Settings in the form of a log: plain JSON, without the limits that are not set. */
export function loggedSettings({
  budget,
  ...settings
}: StrategySettings): EventOf<"strategy-chosen">["settings"] {
  return { ...defined(settings), budget: { ...defined(budget) } };
}
