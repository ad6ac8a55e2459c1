import { InputError } from "../thought/errors.ts";
import { findStrategy } from "./registry.ts";

/** What a model's name asks for. */
export interface NamedModel {
  /** A strategy's name or `auto`; absent where the name says nothing of it. */
  strategy?: string | undefined;
  /** `provider/model`, or `nano`. */
  model: string;
}

/** A strategy before a model; a `+` behind a slash is the model's own. */
const STRATEGY_AND_MODEL = /^([^/+]*)\+(.*)$/s;

/**
 * Reads a model's name, `strategy+provider/model`, such as `mcts+nano` or `vote+openai/gpt-5-mini`; without a strategy it
 * is the model's name alone. Throws an InputError for a strategy that does not exist and where a part is empty. Whether
 * there is such a model, the registry says.
 */
export function parseModelName(name: string): NamedModel {
  const [, strategy, named] = STRATEGY_AND_MODEL.exec(name) ?? [];
  const model = named ?? name;
  if (model.trim() === "" || strategy === "")
    throw new InputError(
      `"${name}" is no model's name; write strategy+provider/model, such as vote+nano, or provider/model`,
    );
  if (strategy === undefined) return { model };
  findStrategy(strategy);
  return { strategy, model };
}

/** The name that {@link parseModelName} reads back. */
export function modelName({ strategy, model }: NamedModel): string {
  return strategy === undefined ? model : `${strategy}+${model}`;
}
