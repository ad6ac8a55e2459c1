import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command as Program } from "commander";
import { readPackage } from "../project.ts";
import type { Command } from "./shell.ts";

/** What a command is checked against. */
export interface Reality {
  /** Absolute path of the project. */
  base: string;
  /** Builds the CLI's program anew, or nothing while there is no CLI. */
  buildProgram: (() => Program) | undefined;
}

/**
 * Says what is wrong with a command as written, or nothing when it is real: npm scripts exist, `sojourn` accepts
 * the flags, files that `node` and `tsx` are given exist, `npx` names an installed program. Other programs are
 * taken on trust.
 */
export async function faultOf(command: Command, reality: Reality): Promise<string | undefined> {
  const [program, ...rest] = command.words;
  switch (program) {
    case "npm":
      return faultOfNpm(rest, reality.base);
    case "npx": {
      const words = rest.slice(rest.findIndex((word) => !word.startsWith("-")));
      if (words[0] === "sojourn" || words[0] === "tsx") return faultOf({ ...command, words }, reality);
      const installed = existsSync(join(reality.base, "node_modules/.bin", words[0] ?? ""));
      return installed ? undefined : `npx ${words[0]}: no such program is installed`;
    }
    case "node":
    case "tsx":
      return faultOfScript(rest, reality.base);
    case "sojourn":
      return faultOfSojourn(rest, reality.buildProgram);
    default:
      return undefined;
  }
}

function faultOfNpm([verb, name, ...rest]: string[], base: string): string | undefined {
  const { scripts } = readPackage(base);
  if (verb === "test" && scripts["test"] === undefined) return "package.json has no script test";
  if (verb !== "run" || name === undefined) return undefined;
  if (scripts[name] === undefined)
    return `package.json has no script ${name}: it has ${Object.keys(scripts).join(", ")}`;
  const bench = name === "bench" ? rest.find((word) => !word.startsWith("-")) : undefined;
  if (bench !== undefined && !existsSync(join(base, `bench/${bench}.bench.ts`)))
    return `there is no bench/${bench}.bench.ts`;
  return undefined;
}

function faultOfScript(words: readonly string[], base: string): string | undefined {
  const file = words.find((word) => /\.[cm]?[jt]sx?$/.test(word));
  return file === undefined || existsSync(join(base, file)) ? undefined : `there is no file ${file}`;
}

async function faultOfSojourn(
  words: readonly string[],
  buildProgram: Reality["buildProgram"],
): Promise<string | undefined> {
  if (buildProgram === undefined) return undefined;
  const program = buildProgram();
  disarm(program);
  try {
    await program.parseAsync(words, { from: "user" });
    return undefined;
  } catch (error) {
    if (error instanceof Error && "exitCode" in error && error.exitCode === 0) return undefined;
    const message = error instanceof Error ? error.message : String(error);
    return `sojourn ${words.join(" ")}: ${message.replaceAll("\n", " ")}`;
  }
}

/** Makes a program only parse: no action, no output, no exit. */
function disarm(program: Program): void {
  program.action(() => {}).exitOverride();
  program.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  for (const command of program.commands) disarm(command);
}
