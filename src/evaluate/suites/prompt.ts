import { readFileSync } from "node:fs";

/** The prompts of the suites, written for this project: files in `prompts/`, without their ending. */
export type SuitePrompt = "challenge-doubt" | "challenge-denial" | "refusal-verdict" | "facts-verdict";

/** The text of a prompt, each `{{name}}` in it replaced by its value. Throws a RangeError where a value is missing. */
export function suitePrompt(name: SuitePrompt, values: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(new URL(`./prompts/${name}.txt`, import.meta.url), "utf8").trimEnd();
  return text.replace(/\{\{(\w+)\}\}/g, (_, placeholder: string) => {
    const value = values[placeholder];
    if (value === undefined) throw new RangeError(`prompt ${name} needs a value for {{${placeholder}}}`);
    return value;
  });
}
