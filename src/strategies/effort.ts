import { z } from "zod";
import type { StrategySettings } from "./strategy.ts";

/** How much thinking a question is worth: a named budget and the knobs that spend it. */
export const effortSchema = z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]);
export type Effort = z.infer<typeof effortSchema>;

/** All efforts, least first. */
export const efforts = effortSchema.options;

/** The effort where the caller names none. */
export const DEFAULT_EFFORT: Effort = "medium";

/** What an effort sets: how many thoughts, how broad a search, and the tokens it may cost in all. */
export type EffortSettings = Pick<StrategySettings, "samples" | "width" | "keep" | "rollouts" | "budget">;

/** The settings of each effort. A strategy's own defaults and the caller's flags go before them. */
export const effortSettings: Readonly<Record<Effort, EffortSettings>> = {
  none: { samples: 1, width: 1, keep: 1, rollouts: 1, budget: { tokens: 8_000 } },
  minimal: { samples: 1, width: 2, keep: 1, rollouts: 4, budget: { tokens: 16_000 } },
  low: { samples: 3, width: 2, keep: 2, rollouts: 8, budget: { tokens: 32_000 } },
  medium: { samples: 5, width: 4, keep: 2, rollouts: 16, budget: { tokens: 128_000 } },
  high: { samples: 16, width: 4, keep: 4, rollouts: 32, budget: { tokens: 512_000 } },
  xhigh: { samples: 32, width: 8, keep: 4, rollouts: 64, budget: { tokens: 2_000_000 } },
  max: { samples: 64, width: 8, keep: 8, rollouts: 128, budget: {} },
};
