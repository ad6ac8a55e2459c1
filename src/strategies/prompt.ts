import { readdirSync, readFileSync } from "node:fs";
import { InputError } from "../thought/errors.ts";
import { nearestName } from "../thought/nearest-name.ts";

const folder = new URL("./prompts/", import.meta.url);
const texts = new Map<string, string>();

/** The names of all prompts: the files in `prompts/`, written for this project, without their ending. */
export function promptNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .map((file) => file.slice(0, -".txt".length))
    .sort();
}

/** Gives the text of a prompt by its name, each `{{name}}` in it replaced by its value. */
export type Prompts = (name: string, values?: Readonly<Record<string, string>>) => string;

/**
 * The strategies' prompts, with texts of the caller's own in place of some of them.
 * Throws an InputError for a replacement of a prompt that does not exist.
 */
export function openPrompts(replaced: Readonly<Record<string, string>> = {}): Prompts {
  for (const name of Object.keys(replaced)) {
    const names = promptNames();
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    throw new InputError(
      `no prompt "${name}"; ${near ? `did you mean ${near}?` : `there are ${names.join(", ")}`}`,
    );
  }
  return (name, values = {}) => filled(name, replaced[name] ?? shippedPrompt(name), values);
}

/** The text of a prompt as it comes with Sojourn, its `{{name}}` left in place. Read from its file once. */
export function shippedPrompt(name: string): string {
  let text = texts.get(name);
  if (text === undefined) {
    text = readFileSync(new URL(`${name}.txt`, folder), "utf8").trimEnd();
    texts.set(name, text);
  }
  return text;
}

/** Throws a RangeError for a placeholder without a value, so that a typo never reaches a model. */
function filled(name: string, text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, placeholder: string) => {
    const value = values[placeholder];
    if (value === undefined) throw new RangeError(`prompt ${name} needs a value for {{${placeholder}}}`);
    return value;
  });
}
