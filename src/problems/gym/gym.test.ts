import { expect, it } from "vitest";
import { Random } from "../../thought/random.ts";
import { addition } from "./addition.ts";
import { cipher } from "./cipher.ts";
import { countdown } from "./countdown.ts";
import { decimals } from "./decimals.ts";
import { equations } from "./equations.ts";
import type { Family, Style } from "./family.ts";
import { example, familyNames, gradeGym, gymProblem } from "./gym.ts";
import { letters } from "./letters.ts";
import { multiplicationByDigit } from "./multiplication.ts";
import { addNoise } from "./noise.ts";
import { phrasingWords } from "./phrasing-words.ts";
import { families, findFamily } from "./registry.ts";
import { splitOf, splitOfAll } from "./splits.ts";
import { subtraction } from "./subtraction.ts";
import { commonWords } from "./words.ts";

const styles: readonly Style[] = ["trace", "shortcut", "direct"];

/** Pieces of text as a tokenizer would count them: known words whole, all else letter by letter. */
function countTokens(text: string): number {
  const pieces = text.match(/ ?[A-Za-z]+| ?[0-9]| ?[^ \nA-Za-z0-9]|\n| /g) ?? [];
  const known = new Set(phrasingWords);
  const cost = (piece: string): number =>
    /[A-Za-z]{3}/.test(piece) && !known.has(piece.trim().toLowerCase()) ? piece.length : 1;
  return pieces.reduce((sum, piece) => sum + cost(piece), 0);
}

it("gives the same problem and the same example for the same place", () => {
  for (const family of familyNames) {
    const place = { family, split: "test", seed: 5, index: 17 } as const;
    expect(gymProblem(place)).toEqual(gymProblem(place));
    for (const style of styles) expect(example({ ...place, style })).toEqual(example({ ...place, style }));
    expect(gymProblem({ ...place, index: 18 })).not.toEqual(gymProblem(place));
  }
});

it("asks the same content in trained and in held-out phrasings", () => {
  for (const family of familyNames) {
    const place = { family, split: "validation", seed: 1, index: 3 } as const;
    const heldOut = gymProblem({ ...place, phrasing: "held-out" });
    expect(heldOut.gold).toBe(gymProblem(place).gold);
    expect(heldOut.question.text).not.toBe(gymProblem(place).question.text);
  }
});

it("grades every reference answer and every thought's own answer as correct", () => {
  for (const family of familyNames) {
    for (let index = 0; index < 200; index++) {
      const place = { family, split: "test", seed: 2, index } as const;
      const problem = gymProblem(place);
      expect(gradeGym(problem, problem.gold).correct).toBe(true);
      for (const style of styles) {
        expect(gradeGym(problem, example({ ...place, style }).answer).correct).toBe(true);
      }
      for (const wrong of ["", "99999", "x = 99", "maybe", `${problem.gold} 1`]) {
        expect(gradeGym(problem, wrong).correct).toBe(false);
      }
    }
  }
});

it("never lets a test content into training", () => {
  const trained = new Set<string>();
  for (const family of families) {
    const random = new Random(`splits/${family.name}`);
    for (let index = 0; index < 2_500; index++) {
      const { keys } = family.draw(random, random.next(), "train");
      if (splitOfAll(keys) === "train") for (const key of keys) trained.add(key);
    }
  }
  expect([...trained].filter((key) => splitOf(key) !== "train")).toEqual([]);
  for (const family of families) {
    for (let index = 0; index < 100; index++) {
      const { keys } = family.draw(new Random(`held/${family.name}/${index}`), 1, "test");
      if (splitOfAll(keys) === "test") expect(keys.some((key) => !trained.has(key))).toBe(true);
    }
  }
});

it("holds out about a tenth of the contents for validation and a tenth for test", () => {
  const counts = { train: 0, validation: 0, test: 0 };
  for (let index = 0; index < 20_000; index++) counts[splitOf(`content ${index}`)]++;
  expect(counts.train / 20_000).toBeCloseTo(0.8, 1);
  expect(counts.test / 20_000).toBeCloseTo(0.1, 1);
  expect(counts.validation / 20_000).toBeCloseTo(0.1, 1);
});

it("shows no word of the test split anywhere in a training text of the word families", () => {
  const held = new Set(commonWords.filter((word) => splitOf(word) === "test"));
  expect(held.size).toBeGreaterThan(60);
  for (const family of ["letters", "cipher"]) {
    for (let index = 0; index < 2_000; index++) {
      const { question, thought } = example({ family, split: "train", seed: 4, index, style: "trace" });
      const words =
        [question, ...thought]
          .join(" ")
          .toLowerCase()
          .match(/[a-z]{3,}/g) ?? [];
      // A cipher text may happen to be spelled like a word; twice the length of one is what gives it away.
      if (family === "letters") expect(words.filter((word) => held.has(word))).toEqual([]);
      else expect(thought.filter((line) => held.has(line.replace("word ", "")))).toEqual([]);
    }
  }
});

function phrasesOf<Instance>(family: Family<Instance>, heldOut: boolean): Map<string, string[]> {
  const random = new Random(`phrases/${family.name}/${heldOut}`);
  const texts = new Map<string, string[]>();
  for (const phrasing of family.phrasings.filter((each) => each.heldOut === heldOut)) {
    const list: string[] = [];
    while (list.length < 60) {
      const instance = family.sample(random, 1, "train");
      if (phrasing.fits(instance)) list.push(phrasing.write(instance, random));
    }
    texts.set(phrasing.id, list);
  }
  return texts;
}

/** Words that a phrasing itself brings along: those that come again and again whatever the content. */
function ownWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(text.toLowerCase().match(/[a-z]{3,}/g))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].filter(([, count]) => count >= 6).map(([word]) => word);
}

it("has at least fourteen trained and three held-out phrasings a family, each with an id of its own", () => {
  for (const { name, phrasings } of families) {
    const ids = phrasings.map(({ id }) => id);
    expect(new Set(ids).size, name).toBe(ids.length);
    expect(phrasings.filter(({ heldOut }) => !heldOut).length, name).toBeGreaterThanOrEqual(14);
    expect(phrasings.filter(({ heldOut }) => heldOut).length, name).toBeGreaterThanOrEqual(3);
  }
});

it("builds held-out phrasings of trained words only, and keeps every phrasing word spellable", () => {
  const sets = (heldOut: boolean): Map<string, string[]>[] => [
    phrasesOf(decimals, heldOut),
    phrasesOf(letters, heldOut),
    phrasesOf(addition, heldOut),
    phrasesOf(subtraction, heldOut),
    phrasesOf(multiplicationByDigit, heldOut),
    phrasesOf(equations, heldOut),
    phrasesOf(cipher, heldOut),
    phrasesOf(countdown, heldOut),
  ];
  const own = (heldOut: boolean): string[] =>
    sets(heldOut).flatMap((each) => [...each.values()].flatMap(ownWords));
  const trained = new Set(own(false));
  expect(own(true).filter((word) => !trained.has(word))).toEqual([]);
  expect([...trained].filter((word) => !phrasingWords.includes(word))).toEqual([]);
  expect(phrasingWords.filter((word) => splitOf(word) !== "train")).toEqual([]);
});

it("asks the questions that the documentation shows, by trained phrasings and with contents of the test split", () => {
  const shown = [
    reach(
      decimals,
      { left: "9.11", right: "9.7", relation: "larger", form: "pick" },
      "Is 9.11 or 9.7 larger?",
    ),
    reach(letters, { word: "strawberry", letter: "r" }, "How many r's are in strawberry?"),
    reach(addition, { left: 347, right: 586 }, "What is 347 + 586?"),
    reach(
      equations,
      { letter: "x", factor: 3, shift: 5, solution: 7, order: "product-first" },
      "Solve 3x + 5 = 26",
    ),
    reach(
      countdown,
      { numbers: [3, 7, 12], target: 33, solution: "3 * 7 + 12" },
      "Use 3, 7 and 12 each once with + - * / to make 33.",
    ),
  ];
  expect(shown).toEqual([true, true, true, true, true]);
});

function reach<Instance>(family: Family<Instance>, instance: Instance, text: string): boolean {
  const random = new Random("shown");
  const writes = family.phrasings.filter((each) => !each.heldOut && each.fits(instance));
  const found = writes.some((each) =>
    Array.from({ length: 50 }, () => each.write(instance, random)).includes(text),
  );
  return found && splitOfAll(family.keys(instance)) === "test";
}

it("stays within 384 tokens an example, and countdown mostly within 200", () => {
  for (const family of familyNames) {
    const lengths: number[] = [];
    for (let index = 0; index < 600; index++) {
      const { question, thought, answer } = example({
        family,
        split: "train",
        seed: 8,
        index,
        style: "trace",
      });
      lengths.push(countTokens([question, ...thought, answer].join("\n")));
    }
    expect(Math.max(...lengths), family).toBeLessThanOrEqual(384);
    if (family === "countdown") {
      expect(lengths.filter((length) => length <= 200).length).toBeGreaterThan(400);
    }
  }
});

it("draws smaller instances at lower difficulty", () => {
  for (const family of familyNames) {
    const total = (difficulty: number): number => {
      const problems = Array.from({ length: 300 }, (_, index) =>
        gymProblem({ family, split: "train", seed: 9, index, difficulty }),
      );
      return problems.map(({ question, gold }) => question.text.replace(/\s/g, "") + gold).join("").length;
    };
    expect(total(0), family).toBeLessThan(total(1));
  }
});

it("roughens questions without touching their digits", () => {
  const random = new Random("noise");
  let unchanged = 0;
  for (let index = 0; index < 2_000; index++) {
    const clean = gymProblem({ family: "countdown", split: "train", seed: 1, index }).question.text;
    const rough = addNoise(clean, random);
    if (rough === clean) unchanged++;
    expect(rough.match(/\d+/g)).toEqual(clean.match(/\d+/g));
    expect(rough.trim()).toBe(rough);
  }
  expect(unchanged).toBeGreaterThan(800);
});

it("names the families when asked for one that does not exist", () => {
  expect(() => findFamily("chess")).toThrow(/no gym family "chess".*countdown/);
});
