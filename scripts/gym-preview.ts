/** Prints three examples of each gym family (or of the one named) in each style: `npx tsx scripts/gym-preview.ts letters`. */
import type { Style } from "../src/problems/gym/family.ts";
import { example, familyNames } from "../src/problems/gym/gym.ts";

const named = process.argv[2];
const styles: readonly Style[] = ["trace", "shortcut", "direct"];

for (const family of named === undefined ? familyNames : [named]) {
  for (const style of styles) {
    console.log(`\n=== ${family}, ${style}`);
    for (let index = 0; index < 3; index++) {
      const { question, thought, answer } = example({ family, split: "train", seed: 1, index, style });
      const text = [question, ...thought, answer].join("\n");
      const pieces = text.match(/ ?[A-Za-z]+| ?[^A-Za-z]/g)?.length ?? 0;
      console.log(`--- ${text.length} characters, about ${pieces} tokens\n${question}\n`);
      for (const line of thought) console.log(`  ${line}`);
      console.log(`\n  => ${answer}`);
    }
  }
}
