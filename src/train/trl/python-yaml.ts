import { stringify } from "yaml";

/**
 * YAML as PyYAML reads it, which is version 1.1: there a bare `no` is false, and a number without a point is no number where it
 * has an exponent.
 */
export function pythonYaml(value: Readonly<Record<string, unknown>>): string {
  return stringify(value, { version: "1.1" }).replaceAll(/^(\s*[\w-]+: -?\d+)(e[+-]?\d+)$/gm, "$1.0$2");
}
