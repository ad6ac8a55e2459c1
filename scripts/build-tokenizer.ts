import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { markerList } from "../src/nano/format.ts";
import { pieceRegex } from "../src/nano/tokenizer.ts";
import { tokenizerFile } from "../src/nano/tokenizer-file.ts";
import type { Style } from "../src/problems/gym/family.ts";
import { example, familyNames } from "../src/problems/gym/gym.ts";
import { phrasingWords } from "../src/problems/gym/phrasing-words.ts";
import { roleChoices } from "../src/thought/role-choices.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "recipes/tokenizer.json" },
    /** Examples drawn from each family. */
    examples: { type: "string", default: "4000" },
    /** Share of a family's examples in which a piece must occur to become a token. */
    share: { type: "string", default: "0.002" },
    /** Most tokens in all. */
    size: { type: "string", default: "640" },
  },
});

const styles: readonly Style[] = ["trace", "shortcut"];
const letters = Array.from("abcdefghijklmnopqrstuvwxyz", (letter) => ` ${letter}`);
const digits = Array.from("0123456789", (digit) => ` ${digit}`);
/** What roles say; a choice that is one token is read off one distribution. */
const words = Object.values(roleChoices).flat();
const shares = new Map<string, number>();

for (const family of familyNames) {
  const seen = new Map<string, number>();
  for (let index = 0; index < Number(values.examples); index++) {
    const style = styles[index % styles.length] ?? "trace";
    const { question, thought, answer } = example({ family, split: "train", seed: 0, index, style });
    const text = [question, ...thought, answer].join("\n");
    for (const piece of new Set(text.match(new RegExp(pieceRegex, "gu")))) {
      seen.set(piece, (seen.get(piece) ?? 0) + 1);
    }
  }
  for (const [piece, count] of seen) {
    shares.set(piece, Math.max(shares.get(piece) ?? 0, count / Number(values.examples)));
  }
}

const room = Number(values.size) - markerList.length - 256 - letters.length - digits.length - words.length;
const pieces = [...shares]
  .filter(([piece, share]) => share >= Number(values.share) && mayBeToken(piece))
  .sort(([a, shareA], [b, shareB]) => shareB - shareA || (a < b ? -1 : 1))
  .map(([piece]) => piece)
  .slice(0, room);
const file = tokenizerFile([...digits, ...letters, ...words, ...pieces]);
await writeFile(values.out, `${JSON.stringify(file, null, 1)}\n`);
console.log(`${Object.keys(file.model.vocab).length} tokens in ${values.out}`);
console.log(
  pieces.map((piece) => `${JSON.stringify(piece)} ${(shares.get(piece) ?? 0).toFixed(3)}`).join("  "),
);

/** Marks, capitals, and words whose spelling training is sure to show; a plural such as `es` keeps its letters apart. */
function mayBeToken(piece: string): boolean {
  const text = piece.trim();
  if (piece.length < 2 || letters.includes(piece) || digits.includes(piece)) return false;
  if (/^[a-z]s$/.test(text)) return ["is", "as", "us"].includes(text);
  return !/^[A-Za-z]{3,}$/.test(text) || phrasingWords.includes(text.toLowerCase());
}
