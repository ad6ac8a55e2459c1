import { writeFile } from "node:fs/promises";
import { loadNano } from "../src/nano/decoder/nano.ts";
import { completionText, promptText } from "../src/nano/format.ts";
import { Tokenizer } from "../src/nano/tokenizer.ts";
import { example, familyNames } from "../src/problems/gym/gym.ts";

/** npx tsx scripts/write-logits.ts [MODEL_FOLDER] [FILE]: our logits, for scripts/verify-transformers.py to compare. */
const [folder = "weights/nano", path = ".cache/logits.json"] = process.argv.slice(2);
const nano = await loadNano(folder);
const tokenizer = await Tokenizer.read(`${folder}/tokenizer.json`);

const cases = familyNames.map((family) => {
  const { question, thought, answer } = example({ family, split: "test", seed: 0, index: 0, style: "trace" });
  const text = promptText(question, true) + completionText(thought, answer);
  const ids = tokenizer.encode(text);
  return { text, ids, logits: nano.logits(ids).map((row) => [...row]) };
});
// What is no gym text: bytes of other scripts, markers out of place.
const strange = `naïve 日本 👍🏽\t<|end|>  <|user|>`;
const ids = tokenizer.encode(strange);
cases.push({ text: strange, ids, logits: nano.logits(ids).map((row) => [...row]) });

await writeFile(path, JSON.stringify({ cases }));
console.log(`${cases.length} cases in ${path}`);
