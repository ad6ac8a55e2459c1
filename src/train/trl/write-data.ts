import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { InputError } from "../../thought/errors.ts";
import {
  type Preference,
  preferenceSchema,
  problemLineSchema,
  readData,
  type Thought,
  thoughtSchema,
} from "../data.ts";
import type { MethodRecipe } from "../recipe.ts";

/** One message, as TRL and the chat templates of models take it. */
export interface Message {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** A thought and its answer as what an assistant says: the thought between think tags, then the answer. */
export function saidBy({ thought, answer }: Pick<Thought, "thought" | "answer">): Message {
  const thinking = thought.length === 0 ? "" : `<think>\n${thought.join("\n")}\n</think>\n\n`;
  return { role: "assistant", content: `${thinking}${answer}` };
}

const asked = (question: string): Message[] => [{ role: "user", content: question }];

/** A line for `trl sft`: the completion alone is learnt. */
export function completionRow(thought: Thought) {
  return { prompt: asked(thought.question), completion: [saidBy(thought)] };
}

/** A line for `trl dpo`. */
export function preferenceRow({ question, chosen, rejected }: Preference) {
  return { prompt: asked(question), chosen: [saidBy(chosen)], rejected: [saidBy(rejected)] };
}

/** A line for `trl grpo`: `solution` is what its reward `accuracy_reward` compares answers with. */
export function promptRow({ question, answer }: { question: string; answer: string }) {
  return { prompt: asked(question), solution: answer };
}

/** Messages as DuckDB is to read them, so that no column is guessed. */
const messages = 'STRUCT("role" VARCHAR, "content" VARCHAR)[]';

/** A data set as it was written. */
export interface WrittenData {
  /** A folder that `datasets.load_dataset` reads, with `train.parquet` alone in it. */
  readonly folder: string;
  readonly rows: number;
}

/**
 * Writes the data sets of a recipe for TRL, one for each stage, as conversational JSONL and, in a folder of its own, as Parquet.
 * Throws {@link InputError} for a method that TRL has no trainer for, and for problems that no file holds.
 */
export async function writeData(recipe: MethodRecipe, out: string): Promise<WrittenData[]> {
  switch (recipe.method) {
    case "sft":
      return Promise.all(
        recipe.stages.map(async ({ data }, stage) =>
          write(out, `stage-${stage + 1}`, (await readData(data, thoughtSchema)).lines.map(completionRow), {
            ...{ prompt: messages, completion: messages },
          }),
        ),
      );
    case "dpo": {
      const { lines } = await readData(recipe.data, preferenceSchema);
      return [
        await write(out, "dpo", lines.map(preferenceRow), {
          prompt: messages,
          chosen: messages,
          rejected: messages,
        }),
      ];
    }
    case "grpo": {
      if (!("data" in recipe.problems))
        throw new InputError("trl needs problems with reference answers: set problems to { data: FILE }");
      const { lines } = await readData(recipe.problems.data, problemLineSchema);
      return [await write(out, "grpo", lines.map(promptRow), { prompt: messages, solution: "VARCHAR" })];
    }
    default:
      throw new InputError(
        `trl has no trainer for ${recipe.method}: use sft, dpo or grpo, or the engine jax`,
      );
  }
}

async function write(
  out: string,
  name: string,
  rows: readonly object[],
  columns: Readonly<Record<string, string>>,
): Promise<WrittenData> {
  const folder = join(out, "data", name);
  await mkdir(folder, { recursive: true });
  const jsonl = join(out, "data", `${name}.jsonl`);
  await writeFile(jsonl, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    await copy(connection, jsonl, join(folder, "train.parquet"), columns);
  } finally {
    connection.closeSync();
  }
  return { folder, rows: rows.length };
}

async function copy(
  connection: DuckDBConnection,
  from: string,
  to: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const types = Object.entries(columns).map(([name, type]) => `${name}: ${quoted(type)}`);
  await connection.run(
    `COPY (SELECT * FROM read_json(${quoted(from)}, format = 'newline_delimited', columns = {${types.join(", ")}}))
     TO ${quoted(to)} (FORMAT parquet, COMPRESSION zstd)`,
  );
}
