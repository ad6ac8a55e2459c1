import type { TrainerState } from "../nano/checkpoint.ts";
import { type NanoConfig, tensorShapes } from "../nano/config.ts";
import type { Recipe } from "../nano/training/recipe.ts";
import { families } from "../problems/gym/registry.ts";
import { markdownTable } from "./nano-table.ts";

/** What a model card tells. */
export interface NanoCard {
  config: NanoConfig;
  /** Mean loss in nats a token on validation problems, all families. */
  loss: number;
  /** How it was trained, where that is known. */
  training?: { recipe: Recipe; state: TrainerState; engine: string; hardware: string };
  /** Markdown. */
  tables: string;
  /** How the tables came about, such as the seed and the time; one sentence each. */
  notes: readonly string[];
  /** What prints the tables. */
  command: string;
}

/** The model card of nano in the form that Hugging Face reads: YAML front matter, then Markdown. */
export function nanoCard(card: NanoCard): string {
  const { config, tables, notes, command } = card;
  const sections = [
    frontMatter,
    "# nano",
    opening,
    "## Use",
    usage,
    "## Architecture",
    architecture(config),
    "## Training data",
    trainingData,
    "## Training",
    training(card),
    "## Results",
    tables,
    notes.join(" "),
    "This prints the tables and writes this card:",
    block("sh", command),
    "## Limits",
    limits,
  ];
  return `${sections.join("\n\n")}\n`;
}

const frontMatter = [
  "---",
  "license: mit",
  "language: en",
  "library_name: transformers",
  "pipeline_tag: text-generation",
  "tags: [reasoning, chain-of-thought, arithmetic, countdown]",
  "---",
].join("\n");

const opening = [
  "A very small transformer that thinks before it answers, with wrong turns, waits and backtracking, on nine families",
  "of problems that are made by rule. It was trained from scratch by Sojourn and knows nothing else: no facts, no",
  "language beyond the phrasings of its problems.",
].join("\n");

const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

const usage = block("sh", 'npx sojourn ask --model nano "Is 9.11 or 9.7 larger?"');

function architecture(config: NanoConfig): string {
  const parameters = [...tensorShapes(config).values()]
    .map((shape) => shape.reduce((size, length) => size * length, 1))
    .reduce((sum, size) => sum + size, 0);
  const { num_hidden_layers, hidden_size, num_attention_heads, intermediate_size } = config;
  return [
    `${(parameters / 1e6).toFixed(2)} million parameters, stored as ${config.torch_dtype}: the Llama architecture with`,
    `${num_hidden_layers} layers, width ${hidden_size}, ${num_attention_heads} heads, a feed-forward width of ${intermediate_size},`,
    `tied embeddings, a vocabulary of ${config.vocab_size} (pieces are whole words, digits, or bytes) and a context of`,
    `${config.max_position_embeddings} tokens, question, thought and answer together. A question is written`,
    "`<|user|>question<|think|>`; nano goes on with its thought, `<|answer|>`, its answer and `<|end|>`. After",
    "`<|user|>question<|answer|>` it answers without thinking. Behind any part of a thought `<|judge|>` and `<|critic|>`",
    "ask for one word about it, and behind the question `<|router|>` asks how hard it is.",
  ].join(" ");
}

const trainingData = [
  markdownTable(
    ["family", "problems"],
    families.map(({ name, description }) => [name, description]),
    2,
  ),
  [
    "Everything is generated; no text was collected. Problems are split by their contents, by a hash: about 80% of all",
    "contents (a pair of numbers, an equation, a word, a set of numbers and a target) are for training, 10% for",
    "validation, 10% for test, and a problem is as held out as its most held-out content. Some phrasings of every family",
    "never occur in training.",
  ].join("\n"),
].join("\n\n");

function training({ training: known, loss }: NanoCard): string {
  const measured = `Its mean loss on validation problems, thought and answer, is ${loss.toFixed(4)} nats a token.`;
  if (known === undefined) return measured;
  const { recipe, state, engine, hardware } = known;
  const { styles, families: shares } = recipe.data;
  const list = (values: Readonly<Record<string, number>>): string =>
    Object.entries(values)
      .map(([name, share]) => `${name} ${share}`)
      .join(", ");
  return [
    [
      `Engine ${engine} on ${hardware}: ${state.step} steps of ${recipe.optimiser.batchTokens} tokens,`,
      `${(state.tokens / 1e6).toFixed(1)} million tokens in all, in ${(state.elapsedSeconds / 3600).toFixed(2)} hours, seed ${state.seed}.`,
      measured,
    ].join(" "),
    [
      `AdamW with a peak learning rate of ${recipe.optimiser.learningRate}, ${recipe.optimiser.warmUpSteps} steps of warm-up and a cosine to`,
      `${recipe.optimiser.finalFraction} of the peak, weight decay ${recipe.optimiser.weightDecay}, gradients clipped at ${recipe.optimiser.clip}.`,
      `Examples by family: ${list(shares)}. By style of thought: ${list(styles)}.`,
    ].join(" "),
    block("sh", `npx sojourn train recipes/nano.yaml --engine ${engine}`),
  ].join("\n\n");
}

const limits = [
  "- Outside its nine families it writes nonsense. `detector.json` lets Sojourn tell a foreign question by its shape.",
  "- Sizes end where the table of families says: longer numbers, longer words or more of them are not known to it.",
  "- It reads one question at a time, in English, follows no instructions and has no memory of a conversation.",
  "- Its thoughts have the form of its training problems; they do not show how larger models reason.",
  "- Multiplication has few contents (76 by a digit and 390 of two digits are in test), so the problems of these",
  "  lines repeat them in other phrasings, and their intervals are too narrow.",
  "- With a checker, random moves solve many Countdown problems too: judge nano by the difference.",
].join("\n");
