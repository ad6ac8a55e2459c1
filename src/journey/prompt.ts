import { readFileSync } from "node:fs";

/**
 * The text of a prompt in `prompts/`, each `{{name}}` in it replaced by its value. Throws a RangeError for a placeholder
 * without a value, so that a slip never reaches a model.
 */
export function journeyPrompt(name: string, values: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(new URL(`./prompts/${name}.txt`, import.meta.url), "utf8").trimEnd();
  return text.replace(/\{\{(\w+)\}\}/g, (_, placeholder: string) => {
    const value = values[placeholder];
    if (value === undefined) throw new RangeError(`prompt ${name} needs a value for {{${placeholder}}}`);
    return value;
  });
}
