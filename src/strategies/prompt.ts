import { readFileSync } from "node:fs";

/** The strategies' prompts: text files in `prompts/`, written for this project, read once. */
export type PromptName = "step-by-step" | "next-step" | "steps-so-far";

const texts = new Map<PromptName, string>();

/**
 * The text of a prompt, each `{{name}}` replaced by its value.
 * Throws a RangeError for a placeholder without a value, so that a typo never reaches a model.
 */
export function promptText(name: PromptName, values: Record<string, string> = {}): string {
  let text = texts.get(name);
  if (text === undefined) {
    text = readFileSync(new URL(`./prompts/${name}.txt`, import.meta.url), "utf8").trimEnd();
    texts.set(name, text);
  }
  return text.replace(/\{\{(\w+)\}\}/g, (_, placeholder: string) => {
    const value = values[placeholder];
    if (value === undefined) throw new RangeError(`prompt ${name} needs a value for {{${placeholder}}}`);
    return value;
  });
}
