import { expect, it } from "vitest";
import { Random } from "../../thought/random.ts";
import { addition } from "./addition.ts";
import { cipher } from "./cipher.ts";
import { countdown } from "./countdown.ts";
import { decimals } from "./decimals.ts";
import { equations } from "./equations.ts";
import type { Family } from "./family.ts";
import { letters } from "./letters.ts";
import { multiplicationByDigit, multiplicationTwoDigit } from "./multiplication.ts";
import { subtraction } from "./subtraction.ts";

/** Left to right with precedence, over numbers and spaced operators; written apart from what is tested. */
function compute(text: string): number {
  const [first = "", ...rest] = text.split(/ (?=[-+] )/);
  const product = (part: string): number => {
    const [head = "", ...factors] = part.split(/ (?=[*/] )/);
    return factors.reduce(
      (value, each) => (each.startsWith("*") ? value * Number(each.slice(2)) : value / Number(each.slice(2))),
      Number(head),
    );
  };
  return rest.reduce(
    (value, each) => (each.startsWith("+") ? value + product(each.slice(2)) : value - product(each.slice(2))),
    product(first),
  );
}

const sum = String.raw`-?\d[\d.]*(?: [-+*/] -?\d[\d.]*)*`;
const statement = new RegExp(`${sum}(?: [<>=] ${sum})+`, "g");

/** Whether every equation and comparison in a line is true. */
function isTrue(line: string): boolean {
  return (line.match(statement) ?? []).every((chain) => {
    const parts = chain.split(/ ([<>=]) /);
    for (let at = 1; at < parts.length; at += 2) {
      const [left, right] = [compute(parts[at - 1] ?? ""), compute(parts[at + 1] ?? "")];
      const holds = parts[at] === "=" ? left === right : parts[at] === "<" ? left < right : left > right;
      if (!holds) return false;
    }
    return true;
  });
}

/** Draws thoughts of both kinds and hands each to `check`, which also gets the instance and its gold. */
function overThoughts<Instance>(
  family: Family<Instance>,
  check: (thought: readonly string[], instance: Instance, gold: string) => void,
): void {
  const random = new Random(`thoughts/${family.name}`);
  for (let index = 0; index < 400; index++) {
    const instance = family.sample(random, random.next(), random.pick(["train", "validation", "test"]));
    const gold = family.gold(instance);
    const shortcut = family.shortcut(instance, random);
    expect(shortcut.filter((line) => line.startsWith("wait"))).toEqual([]);
    for (const thought of [shortcut, family.trace(instance, random)]) {
      expect(thought.every((line) => line.trim() === line && line !== "" && !line.includes("\n"))).toBe(true);
      check(thought, instance, gold);
    }
  }
}

/** A line may be false only if the next one notices. */
function expectTruth(thought: readonly string[], rewrite: (line: string) => string = (line) => line): void {
  for (const [index, line] of thought.entries()) {
    if (!isTrue(rewrite(line))) expect(thought[index + 1], line).toMatch(/^wait/);
  }
}

it("judges statements independently of the gym", () => {
  expect(isTrue("ones 7 + 6 + 0 = 13")).toBe(true);
  expect(isTrue("ones 3 < 8 + 0, 13 - 8 - 0 = 5")).toBe(true);
  expect(isTrue("try 5: 3 * 5 = 15 < 21, too small")).toBe(true);
  expect(isTrue("try 5: 3 * 5 = 16 < 21, too small")).toBe(false);
  expect(isTrue("ones 3 > 8 + 0, 13 - 8 - 0 = 5")).toBe(false);
  expect(isTrue("check 2 + 3 * 4 = 14")).toBe(true);
});

it("adds, subtracts and multiplies in true lines that end at the answer", () => {
  const ends = (thought: readonly string[], _: unknown, gold: string): void => {
    expectTruth(thought);
    expect(thought.at(-1)).toMatch(new RegExp(`(= |so )${gold}$`));
  };
  overThoughts(addition, ends);
  overThoughts(subtraction, ends);
  overThoughts(multiplicationByDigit, ends);
  overThoughts(multiplicationTwoDigit, ends);
});

it("keeps every column line of a family equally wide", () => {
  const widths = new Set<number>();
  overThoughts(addition, (thought) => {
    for (const line of thought) if (line.startsWith("ones ")) widths.add(line.length);
  });
  expect(widths.size).toBe(1);
});

it("compares decimals place by place and concludes what the places say", () => {
  overThoughts(decimals, (thought, { left, right }, gold) => {
    expectTruth(thought);
    const hasty = thought.findIndex((line) => / so \S+ is larger$/.test(line));
    if (hasty >= 0) expect(thought[hasty + 1]).toMatch(/^wait/);
    const start = thought.findIndex((line) => /^\d\d\.\d{3} and \d\d\.\d{3}$/.test(line));
    const [a = "", b = ""] = (thought[start] ?? "").split(" and ");
    expect([Number(a), Number(b)]).toEqual([Number(left), Number(right)]);
    const columns = thought.slice(start + 1, -3);
    const digits = columns.map((line) => line.split(" "));
    expect(digits.map((each) => each[1]).join("")).toBe(a.replace(".", "").slice(0, columns.length));
    expect(digits.map((each) => each[3]).join("")).toBe(b.replace(".", "").slice(0, columns.length));
    expect(digits.map((each) => each[2] === "=")).toEqual(columns.map((_, at) => at < columns.length - 1));
    expect(thought.at(-1)).toMatch(new RegExp(`^so (larger is |smaller is )?${gold.replace(".", "\\.")}$`));
  });
});

it("spells the word letter by letter with a true count", () => {
  overThoughts(letters, (thought, { word, letter }, gold) => {
    expect(thought[0]).toBe(`count ${letter} in ${word}`);
    let count = 0;
    let place = 0;
    for (const [index, line] of thought.slice(1, -1).entries()) {
      const next = thought[index + 2] ?? "";
      if (line.startsWith("wait")) continue;
      if (next.startsWith("wait")) continue;
      const [at, current, verdict, soFar] = line.split(" ");
      place++;
      if (current === letter) count++;
      expect(line).toBe(
        `${String(place).padStart(2, "0")} ${word[place - 1]} ${current === letter ? "yes" : "no"} ${count}`,
      );
      expect([at, verdict, soFar]).not.toContain(undefined);
    }
    expect(place).toBe(word.length);
    expect(thought.at(-1)).toBe(`so ${gold}`);
  });
});

it("solves equations in lines that are true of the solution", () => {
  overThoughts(equations, (thought, { letter, solution }, gold) => {
    const withSolution = (line: string): string =>
      line
        .replaceAll(new RegExp(`(\\d) ${letter}\\b`, "g"), `$1 * ${solution}`)
        .replaceAll(letter === "n" ? /\bn\b/g : letter, `${solution}`);
    expectTruth(thought, (line) => (/^(wait, )?try/.test(line) ? line : withSolution(line)));
    expect(thought.at(-1)).toBe(`so ${gold}`);
  });
});

it("decodes each pair by the average of its places", () => {
  const place = (letter: string | undefined): number =>
    "abcdefghijklmnopqrstuvwxyz".indexOf(letter ?? "") + 1;
  overThoughts(cipher, (thought, { codes }, gold) => {
    expectTruth(thought);
    const pairs: string[] = [];
    let soFar = "";
    const words: string[] = [];
    for (const line of thought.slice(1)) {
      const found = /^(\w) (\w) (\d\d) \+ (\d\d) = (\d\d) half (\d\d) ([\w ]+)$/.exec(line);
      if (found) {
        const [, first, second, a, b, total, half, letters = ""] = found;
        expect([place(first), place(second)]).toEqual([Number(a), Number(b)]);
        expect(Number(half) * 2).toBe(Number(total));
        soFar += letters.at(-1) ?? "";
        expect(place(letters.at(-1))).toBe(Number(half));
        expect(letters.replaceAll(" ", "")).toBe(soFar);
        pairs.push(`${first}${second}`);
      } else if (line.startsWith("word ")) {
        expect(line).toBe(`word ${soFar}`);
        words.push(soFar);
        soFar = "";
      } else {
        expect(line).toMatch(/^(first letters|wait)/);
      }
    }
    expect(pairs.join("")).toBe(codes.join(""));
    expect(words.join(" ")).toBe(gold);
  });
});

it("plays countdown by legal moves, goes back only to where it was, and ends at a right expression", () => {
  overThoughts(countdown, (thought, { numbers, target }) => {
    expectTruth(thought);
    expect(thought[0]).toBe(`make ${target} from ${numbers.join(" ")}`);
    const open = [numbers.join(" ")];
    let found = false;
    for (const line of thought.slice(1)) {
      const move = /^(\d+) [-+*/] (\d+) = (\d+)(?:, left ([\d ]+)| for (\d+) (yes|no))$/.exec(line);
      const back = /^wait, back to ([\d ]+)$/.exec(line);
      if (found) {
        const text = line.split("so ").at(-1) ?? "";
        expect(line).toMatch(/^(\d+ = \d+ [-+*/] \d+ )?so /);
        expect(compute(text.replace(/[()]/g, "")) === target || text.includes("(")).toBe(true);
      } else if (back) {
        expect(open).toContain(back[1]);
        while (open.at(-1) !== back[1]) open.pop();
      } else {
        const [, a = "", b = "", result = "", left, beside, verdict] = move ?? [];
        const state = (open.at(-1) ?? "").split(" ");
        const rest = [...state];
        for (const each of [a, b]) {
          expect(rest, line).toContain(each);
          rest.splice(rest.indexOf(each), 1);
        }
        if (left !== undefined) {
          expect([...left.split(" ")].sort()).toEqual([result, ...rest].sort());
          open.push(left);
        } else {
          expect(rest).toEqual([]);
          expect(beside).toBe(String(target));
          expect(verdict).toBe(Number(result) === target ? "yes" : "no");
          found = verdict === "yes";
        }
      }
    }
    expect(found).toBe(true);
    const answer = countdown.conclude?.(thought) ?? "";
    expect(countdown.grade(countdown.gold({ numbers, target, solution: answer }), answer).correct).toBe(true);
    expect((answer.match(/\d+/g) ?? []).sort()).toEqual(numbers.map(String).sort());
  });
});
