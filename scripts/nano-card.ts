/**
 * Measures a nano checkpoint on the gym, prints the tables and writes its model card:
 * `npx tsx scripts/nano-card.ts [--weights weights/nano] [--problems 500] [--seed 1] [--training FOLDER]`.
 */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type NanoCard, nanoCard } from "../src/evaluate/nano-card.ts";
import { meanLoss, nanoGenerator } from "../src/evaluate/nano-generator.ts";
import { measureNano } from "../src/evaluate/nano-results.ts";
import { nanoTables } from "../src/evaluate/nano-table.ts";
import { measureRoles, roleTable } from "../src/evaluate/role-accuracy.ts";
import { checkpointFolders, trainerStateSchema } from "../src/nano/checkpoint.ts";
import { loadNano } from "../src/nano/decoder/nano.ts";
import { parseRecipe } from "../src/nano/training/recipe.ts";
import { example, familyNames } from "../src/problems/gym/gym.ts";
import { InputError, messageOf, SojournError } from "../src/thought/errors.ts";

const { values } = parseArgs({
  options: {
    weights: { type: "string", default: "weights/nano" },
    /** Problems a family and phrasing. */
    problems: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    /** `validation` while settings are still being chosen. */
    split: { type: "string", default: "test" },
    /** The training folder, for the card's part on training. */
    training: { type: "string" },
    /** What the training ran with, for the same part. */
    engine: { type: "string", default: "torch" },
    hardware: { type: "string", default: "hardware that was not noted" },
    /** Print the tables without writing the card. */
    "no-card": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const lossExamples = 30;
/** Examples of each role. */
const roleExamples = 1800;

try {
  await main();
} catch (error) {
  if (!(error instanceof SojournError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

async function main(): Promise<void> {
  const began = performance.now();
  const { split } = values;
  if (split !== "test" && split !== "validation") {
    throw new InputError(`no split "${split}" to measure on: take test or validation`);
  }
  const [problems, seed] = [wholeNumber("problems", 1), wholeNumber("seed", 0)];
  const training = values.training === undefined ? undefined : await readTraining(values.training);
  const nano = await loadNano(values.weights);
  const loss = meanLoss(nano, validationExamples());
  const results = await measureNano(nanoGenerator(nano), { split, seed, problems, onProgress: showProgress });
  process.stderr.write("\n");

  const seconds = (performance.now() - began) / 1000;
  const commit = gitCommit();
  if (values.json) console.log(JSON.stringify({ ...results, loss, commit, seconds }));
  const roles = await measureRoles(nano, { split, seed, examples: roleExamples });
  const tables = [
    nanoTables(results),
    "Asked as a role about thoughts of all families:",
    roleTable(roles),
  ].join("\n\n");
  const notes = [
    `One greedy sample a problem, ${split} problems (split ${split}, seed ${seed}), with Wilson's 95% intervals in percent.`,
    `The difference has Newcombe's interval for pairs.`,
    `Commit ${commit}, ${seconds.toFixed(0)} seconds on one core of ${cpus()[0]?.model.trim() ?? "an unknown processor"}.`,
  ];
  if (!values.json) console.log([tables, `Loss ${loss.toFixed(4)}. ${notes.join(" ")}`].join("\n\n"));
  if (values["no-card"]) return;
  const command = [
    `npx tsx scripts/nano-card.ts --weights ${values.weights} --problems ${problems} --seed ${seed}`,
    ...(split === "test" ? [] : [`--split ${split}`]),
  ].join(" ");
  const card = nanoCard({ config: nano.config, loss, tables, notes, command, ...(training && { training }) });
  await writeFile(join(values.weights, "README.md"), card);
}

function wholeNumber(name: "problems" | "seed", least: number): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least) return value;
  throw new InputError(`--${name} ${values[name]} is not a whole number from ${least} on`);
}

function validationExamples() {
  const indices = Array.from({ length: lossExamples }, (_, index) => index);
  return familyNames.flatMap((family) =>
    indices.map((index) => example({ family, split: "validation", seed: 1, index, style: "trace" })),
  );
}

async function readTraining(folder: string): Promise<NonNullable<NanoCard["training"]>> {
  try {
    const checkpoint = (await checkpointFolders(folder)).at(-1) ?? folder;
    const [recipe, state] = await Promise.all(
      [join(folder, "recipe.json"), join(checkpoint, "trainer_state.json")].map(
        async (path): Promise<unknown> => JSON.parse(await readFile(path, "utf8")),
      ),
    );
    return {
      recipe: parseRecipe(recipe),
      state: trainerStateSchema.parse(state),
      engine: values.engine,
      hardware: values.hardware,
    };
  } catch (error) {
    throw new InputError(
      `${folder} is no training folder (${messageOf(error)}): name the --out of a training`,
    );
  }
}

/** On a terminal one line that changes, elsewhere one line for each set of problems. */
function showProgress(what: string, done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}: ${done}/${all}`);
  else if (done === all) process.stderr.write(`${what}: ${all}\n`);
}

function gitCommit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
  } catch {
    return "none yet";
  }
}
