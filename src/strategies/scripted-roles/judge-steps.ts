import { readDoors, treeAnswer } from "../../models/scripted-tree.ts";
import { Random } from "../../thought/random.ts";
import type { RoleScript } from "./by-prompt.ts";

/** The judge of the reward `judge` in the maze: knows the right doors, and now and then talks or leaves a step out. */
export const judgeSteps: RoleScript = (text, seed) => {
  const [, question = "", thought = "", asked = ""] =
    /Question:\n([\s\S]*?)\n\nThought so far:\n([\s\S]*?)\n\nSay of these steps whether they hold: ([\d, ]+)/.exec(
      text,
    ) ?? [];
  if (asked === "") return undefined;
  const random = new Random(`judge/${seed}`);
  if (random.chance(0.15))
    return random.pick(["It looks fine to me.", "", '{"steps":[]}', '{"steps":[{"step":1}]}']);
  const doors = readDoors(thought);
  const right = treeAnswer(question);
  const steps = asked.split(", ").map((number) => {
    const at = Number(number) - 1;
    const holds = at < doors.length ? doors[at] === right[at] : doors.join("") === right;
    return {
      step: at + 1,
      reason: holds ? "a right door" : "a wrong door",
      label: holds ? "good" : "bad",
      sure: random.integer(6, 9) / 10,
    };
  });
  return JSON.stringify({ steps });
};
