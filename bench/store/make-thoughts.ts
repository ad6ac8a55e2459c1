import { removeLeftovers } from "../../src/runs/store/compact-folder.ts";
import { openDatabase } from "../../src/runs/store/database.ts";
import { ParquetFiles } from "../../src/runs/store/parquet-files.ts";
import { RowTables } from "../../src/runs/store/row-tables.ts";
import type { ThoughtRow } from "../../src/runs/store/thought-row.ts";
import { Random } from "../../src/thought/random.ts";
import { analyzeStructure } from "../../src/thought/structure.ts";

/** Words that stand in one thought of a hundred thousand. */
export const RARE_WORDS = "Zyxomma needle";
const RARE_EVERY = 100_000;

const QUESTIONS_A_RUN = 1000;
const SENTENCES = 5_000;
const strategies = ["vote", "mcts", "beam", "best-of-n", "step-by-step", "critique", "plan", "direct"];
const markers = ["Wait", "Alternatively", "However", "But", "Hmm", "Therefore"];

/** Texts that are made; they come again in turn, further apart than any two rows that are compressed together. */
const TEXTS = 20_000;

type Written = Pick<ThoughtRow, "text" | "characters" | "words" | "lines" | "markers">;

/** A way to make thoughts of 600 bytes to 5 kB out of a stock of sentences. The same seed makes the same thoughts. */
function thoughtMaker(random: Random): (index: number) => Written {
  const vocabulary = Array.from({ length: 5000 }, () => random.integer(36, 1_679_615).toString(36));
  const sentences = Array.from({ length: SENTENCES }, () => {
    const words = Array.from({ length: random.integer(5, 25) }, () => random.pick(vocabulary));
    if (random.chance(0.02)) words.unshift(random.pick(markers));
    return `${words.join(" ")}.`;
  });
  const measured = (text: string): Written => ({ text, characters: text.length, ...analyzed(text) });
  const texts = Array.from({ length: TEXTS }, () => {
    const length = random.integer(600, 5_000);
    const said: string[] = [];
    for (let written = 0; written < length; ) {
      const sentence = random.pick(sentences);
      said.push(sentence);
      written += sentence.length + 1;
    }
    return measured(said.join("\n").slice(0, 5_000));
  });
  return (index) => {
    const written = texts[index % TEXTS] ?? measured("");
    return index % RARE_EVERY === 777 ? measured(`${RARE_WORDS}\n${written.text}`) : written;
  };
}

function analyzed(text: string): Pick<Written, "words" | "lines" | "markers"> {
  const { words, lines, markers: counted } = analyzeStructure(text);
  return { words, lines, markers: counted };
}

/** What was made. */
export interface Made {
  thoughts: number;
  /** Characters of text, and bytes of the Parquet files. */
  characters: number;
  bytes: number;
  wallMs: number;
}

/** Writes the rows of many thoughts below `root`, as a compaction would have left them. */
export async function makeThoughts(root: string, thoughts: number): Promise<Made> {
  const begun = performance.now();
  const random = new Random("a million thoughts");
  const write = thoughtMaker(random);
  const database = await openDatabase();
  const files = new ParquetFiles(root, database);
  const tables = await RowTables.create(database, "made_");
  let characters = 0;
  // Newest first, as a compaction does.
  for (let first = 0; first < thoughts; first += QUESTIONS_A_RUN) {
    const run = `20261120-${String(999_999 - first / QUESTIONS_A_RUN)}-eval-0000`;
    const length = Math.min(QUESTIONS_A_RUN, thoughts - first);
    const questions = Array.from({ length }, (_, index) => {
      const thought = makeRow(random, { run, ordinal: length - 1 - index, written: write(first + index) });
      characters += thought.characters;
      return { thought, steps: [], calls: [] };
    });
    await tables.addQuestions(questions);
    await tables.addRun({
      ...{ run, command: "eval", state: "finished", createdAt: first, seed: 0, version: "0.1.0" },
      ...{ commit: null, models: { policy: "nano" }, logBytes: 1, questions: length },
    });
    if ((first / QUESTIONS_A_RUN) % 20 === 19) await writeDown();
  }
  await writeDown();
  await files.merge();
  files.commit();
  removeLeftovers(root);
  const bytes = files.bytes;
  tables.close();
  database.closeSync();
  return { thoughts, characters, bytes, wallMs: performance.now() - begun };

  async function writeDown(): Promise<void> {
    await tables.commit();
    await files.add("made_");
    files.commit();
    await tables.clear();
  }
}

function makeRow(random: Random, made: { run: string; ordinal: number; written: Written }): ThoughtRow {
  const { run, ordinal, written } = made;
  const level = String(random.integer(1, 5));
  return {
    ...{ run, ordinal, ...written },
    ...{ question: `q${ordinal}`, command: "eval", createdAt: Date.UTC(2026, 10, 20) + ordinal },
    ...{ asked: `What is ${random.integer(0, 99)} + ${random.integer(0, 99)}?`, problem: `p${ordinal}` },
    ...{ sample: 0, source: "gym", family: "addition", tags: { level }, level },
    ...{ answer: String(random.integer(0, 199)), gold: String(random.integer(0, 199)) },
    ...{ correct: random.chance(0.5), checked: false, stopReason: "answered" },
    ...{ strategy: random.pick(strategies), model: random.pick(["nano", "openai/gpt"]), effort: "low" },
    ...{ tokens: random.integer(100, 5_000), inputTokens: 50, reasoningTokens: 0, calls: 1, costUsd: 0 },
    ...{ wallMs: random.integer(10, 9_999), steps: written.lines, depth: written.lines },
    ...{ reward: random.next() },
  };
}
