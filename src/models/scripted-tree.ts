import { hashText } from "../thought/random.ts";
import type { Prompt } from "./client.ts";
import type { ScriptedReply } from "./scripted.ts";

/** How the known tree is shaped. */
export interface ScriptedTreeShape {
  /** Children of a node. */
  width: number;
  /** Steps from the root to an answer. */
  depth: number;
}

/** The shape of `scripted/tree`: 81 ways, one of them right. */
export const SCRIPTED_TREE: ScriptedTreeShape = { width: 3, depth: 4 };

const STEP = /step (\d+): take door ([a-z])/g;

/**
 * A model with a known tree: a maze of doors. Each step takes one of `width` doors, after `depth` steps comes the
 * answer, the doors' letters. One way, which follows from the question's text, is right throughout.
 *
 * It continues a thought that stands in its prefill or in the last message, writes `Answer: ...` at the end, and
 * asked to judge (a prompt that speaks of a score) it gives the thought's {@link treeReward}.
 */
export function treeReply(
  prompt: Prompt,
  seed: number,
  shape: ScriptedTreeShape = SCRIPTED_TREE,
): ScriptedReply {
  const question = prompt.messages.at(-1)?.content ?? "";
  const doors = readDoors(`${question}\n${prompt.prefill ?? ""}`);
  if (/\b(?:score|grade|rate)\b/i.test(`${prompt.system ?? ""}\n${question}`)) {
    return String(treeReward(question, doors, shape));
  }
  const lines: string[] = [];
  const taken = [...doors];
  while (taken.length < shape.depth) {
    const door = hashText(`${seed}/${taken.length}`) % shape.width;
    taken.push(letter(door));
    lines.push(`step ${taken.length}: take door ${letter(door)}`);
  }
  lines.push(`Answer: ${taken.join("")}`);
  const oneStep = /next (?:step|line) only|write the next line/i.test(`${prompt.system ?? ""}\n${question}`);
  return (oneStep ? lines.slice(0, 1) : lines).join("\n");
}

/** The doors of the right way, which the model itself finds only by luck. */
export function treeAnswer(question: string, shape: ScriptedTreeShape = SCRIPTED_TREE): string {
  const about = bareQuestion(question);
  return Array.from({ length: shape.depth }, (_, level) =>
    letter(hashText(`${about}/${level}`) % shape.width),
  ).join("");
}

/** How good a thought is: the part of the right way that its doors follow before the first wrong one, in [0, 1]. */
export function treeReward(
  question: string,
  doors: readonly string[],
  shape: ScriptedTreeShape = SCRIPTED_TREE,
): number {
  const right = treeAnswer(question, shape);
  const wrong = doors.findIndex((door, level) => door !== right[level]);
  return (wrong === -1 ? doors.length : wrong) / shape.depth;
}

/** The doors that a thought has taken, in order. */
export function readDoors(thought: string): string[] {
  return [...thought.matchAll(STEP)].map((match) => match[2] ?? "");
}

/** The question without steps or instructions that a prompt has put after it. */
function bareQuestion(question: string): string {
  return (question.split(/\n\s*\n/)[0] ?? "").trim();
}

function letter(door: number): string {
  return String.fromCharCode(97 + door);
}
