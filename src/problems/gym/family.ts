import type { Random } from "../../thought/random.ts";
import type { Hardness } from "../../thought/role-choices.ts";
import type { Grade, Split } from "../problem.ts";

/** One way to ask for an instance in English. */
export interface Phrasing<Instance> {
  /** Unique within the family. */
  id: string;
  /** Held-out phrasings never occur in training text. */
  heldOut: boolean;
  /** Whether this phrasing can ask for the instance (a yes/no phrasing needs a yes/no instance). */
  fits(instance: Instance): boolean;
  /** The question text, without noise. */
  write(instance: Instance, random: Random): string;
}

/**
 * A family of procedural problems: how to draw an instance, ask for it, think about it and grade an answer.
 *
 * Thoughts are written for a very small transformer. The first line restates the problem in one canonical form
 * and is the only line that depends on the phrasing; every later line restates what it works on, in fixed-width
 * columns, so that what a token depends on stands a short and mostly constant distance before it.
 */
export interface Family<Instance> {
  name: string;
  /** What can be asked, in one line with an example. */
  description: string;
  /**
   * Draws an instance.
   *
   * @param difficulty 0 to 1, the largest size drawn: 0 gives only the shortest instances, 1 the whole family
   * @param split a hint: families whose contents are words draw words of this split; others may ignore it
   */
  sample(random: Random, difficulty: number, split: Split): Instance;
  /** The contents by which splits are made: an instance is as held out as the most held out of its contents. */
  keys(instance: Instance): string[];
  phrasings: readonly Phrasing<Instance>[];
  /** A reference answer. */
  gold(instance: Instance): string;
  /** Grades exactly, from the reference answer alone, so that a stored problem can be graded. */
  grade(gold: string, answer: string): Grade;
  /** The thought without wrong turns, one line a step. */
  shortcut(instance: Instance, random: Random): string[];
  /** The thought with wrong turns, "wait" and backtracking where the family has choices, one line a step. */
  trace(instance: Instance, random: Random): string[];
  /** How hard an instance is for a small model; default `easy`. */
  hardness?(instance: Instance): Hardness;
  /**
   * Whether each line of one of its thoughts is right and still leads to the answer. Default: a line is wrong when
   * the next one begins with "wait".
   */
  judge?(instance: Instance, thought: readonly string[]): boolean[];
  /** The answer that a thought comes to, for families with several right answers; default the reference answer. */
  conclude?(thought: readonly string[]): string;
}

/** How much of the thinking is written out: with wrong turns, without them, or the answer alone. */
export type Style = "trace" | "shortcut" | "direct";

/** A line of a thought, and whether it is right and still leads to the answer. */
export interface JudgedStep {
  line: string;
  good: boolean;
}

/** An instance together with all that its family can do with it, its type forgotten. */
export interface Drawn {
  keys: readonly string[];
  gold: string;
  /** The question in a random phrasing that is held out or not, as asked. */
  ask(heldOut: boolean, random: Random): string;
  /** The lines of the thought; none for `direct`. */
  think(style: Style, random: Random): string[];
  hardness: Hardness;
  /** Judges the lines of a thought that {@link Drawn.think} wrote. */
  judge(thought: readonly string[]): JudgedStep[];
  /** The answer that a thought comes to. */
  conclude(thought: readonly string[]): string;
}

/** A family as the registry keeps it: the type of its instances is its own affair. */
export interface GymFamily {
  name: string;
  description: string;
  phrasings: readonly { id: string; heldOut: boolean }[];
  draw(random: Random, difficulty: number, split: Split): Drawn;
  grade(gold: string, answer: string): Grade;
}

/** Binds a family's functions to the instances they draw. */
export function openFamily<Instance>(family: Family<Instance>): GymFamily {
  const { name, description, phrasings } = family;
  return {
    name,
    description,
    phrasings,
    grade: (gold, answer) => family.grade(gold, answer),
    draw(random, difficulty, split) {
      const instance = family.sample(random, difficulty, split);
      return {
        keys: family.keys(instance),
        gold: family.gold(instance),
        ask(heldOut, wording) {
          const fitting = phrasings.filter((each) => each.heldOut === heldOut && each.fits(instance));
          return wording.pick(fitting).write(instance, wording);
        },
        think(style, turns) {
          if (style === "direct") return [];
          return style === "trace" ? family.trace(instance, turns) : family.shortcut(instance, turns);
        },
        hardness: family.hardness?.(instance) ?? "easy",
        judge(thought) {
          const verdicts = family.judge?.(instance, thought);
          return thought.map((line, index) => ({
            line,
            good: verdicts?.[index] ?? !thought[index + 1]?.startsWith("wait"),
          }));
        },
        conclude(thought) {
          return thought.length > 0 && family.conclude ? family.conclude(thought) : family.gold(instance);
        },
      };
    },
  };
}
