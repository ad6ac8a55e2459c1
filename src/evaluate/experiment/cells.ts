import type { Config } from "../../strategies/config.ts";
import { completeRequest, type ThinkRequest } from "../../strategies/think-request.ts";
import type { ExperimentRecipe } from "./recipe.ts";

/** One arm over one model: an evaluation of its own. */
export interface Cell {
  /** Unique within the experiment: `full/small`. */
  name: string;
  arm: string;
  /** The model's name in the recipe. */
  model: string;
  /** Cells of one group are compared with its first one. */
  group: string;
  think: ThinkRequest;
}

/**
 * The cells of an experiment, group by group: each model is a group with all arms, or, where an arm names its model, all
 * arms are one group.
 */
export function cellsOf(
  { arms, models, effort, settings }: ExperimentRecipe,
  { config, seed }: { config: Config; seed?: number | undefined },
): Cell[] {
  const together = arms.some(({ model }) => model !== undefined);
  const cells = arms.flatMap((arm) =>
    (arm.model === undefined ? Object.keys(models) : [arm.model]).map((model): Cell => {
      const roles = Object.fromEntries(
        Object.entries(arm.roles).map(([role, name]) => [role, models[name] ?? name]),
      );
      const asked = {
        ...{ model: models[model] ?? model, roles, strategy: arm.strategy },
        ...((arm.effort ?? effort) === undefined ? {} : { effort: arm.effort ?? effort ?? "medium" }),
        settings: { ...settings, ...arm.settings, ...(seed === undefined ? {} : { seed }) },
      };
      return {
        ...{ name: `${arm.name}/${model}`, arm: arm.name, model, group: together ? "" : model },
        think: completeRequest(asked, config),
      };
    }),
  );
  if (together) return cells;
  return Object.keys(models).flatMap((model) => cells.filter((cell) => cell.model === model));
}
