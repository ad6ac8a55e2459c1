import type { Random } from "../../thought/random.ts";
import { latestScore, type TreeNode } from "../../thought/tree.ts";
import type { LineKind } from "../dataset.ts";
import type { Beat } from "./walk.ts";

/** Puts what stands between the steps of a long thought into words. Each gives lines; none for nothing to say. */
export interface Wording {
  /** Stands beside each line that was worded so. */
  readonly name: string;
  /** A wrong answer that was given without a step of its own: a turn has to say what it came to. */
  concluded(answer: string): string;
  /** Behind the last step of a wrong turn: why it was one, with the reward's own reason where there is one. */
  doubt(turn: readonly TreeNode[], random: Random): string[];
  /** Where the thought goes on. */
  back(to: TreeNode, turn: readonly TreeNode[], random: Random): string[];
  /** What an agent said. */
  remark(text: string): string[];
}

/** One line of a long thought, and what it is. */
export interface WovenLine {
  text: string;
  kind: LineKind;
}

/** A long thought in words. */
export interface Woven {
  lines: WovenLine[];
  wrongTurns: number;
}

/** Puts a walk into words, line by line. Steps stay as they are. */
export function wordWalk(beats: readonly Beat[], wording: Wording, random: Random): Woven {
  const lines: WovenLine[] = [];
  const say = (kind: LineKind, texts: readonly string[]): void => {
    for (const text of texts) if (text.trim() !== "") lines.push({ text, kind });
  };
  let wrongTurns = 0;
  for (const [index, beat] of beats.entries()) {
    const lot = random.fork(index);
    if (beat.kind === "step") {
      const { text, answer } = beat.node;
      const bare = text === "" && !beat.right && answer !== undefined;
      say(beat.right ? "step" : "wrong", [bare ? wording.concluded(answer) : text]);
    } else if (beat.kind === "remark") say("reflection", wording.remark(beat.text));
    else {
      wrongTurns++;
      say("reflection", wording.doubt(beat.turn, lot.fork("doubt")));
      say("return", wording.back(beat.to, beat.turn, lot.fork("back")));
    }
  }
  return { lines, wrongTurns };
}

/**
 * The reward's reason why a step of a wrong turn is wrong: that of its lowest score. Undefined where none gave one; counts
 * of completions are none, since whoever thinks for himself has not made any.
 */
export function reasonOf(turn: readonly TreeNode[]): string | undefined {
  const reasons = turn.flatMap((node) => {
    const { value = 1, reason, by = "" } = latestScore(node) ?? {};
    return reason === undefined || by.includes("rollouts") ? [] : [{ value, reason }];
  });
  const [first, ...others] = reasons;
  if (first === undefined) return undefined;
  const worst = others.reduce((low, next) => (next.value < low.value ? next : low), first);
  // A reward that names the step in front of its reason counts them from the root, which a reader of the thought cannot.
  return worst.reason.replace(/^step \d+ of \d+ is [a-z ]+(?:: )?/, "").trim() || undefined;
}

/** The answer that a wrong turn came to, if it came to one. */
export function answerOf(turn: readonly TreeNode[]): string | undefined {
  return turn.at(-1)?.answer;
}
