import { readDoors, SCRIPTED_TREE } from "../../models/scripted-tree.ts";
import { Random } from "../../thought/random.ts";
import type { RoleScript } from "./by-prompt.ts";

/**
 * The planner of `plan` in the maze: takes one door a step and is done behind the last one. Now and then it writes prose,
 * and now and then it decides against its own scores.
 */
export const planPlanner: RoleScript = (text, seed) => {
  if (!/^Take step \d+ of at most/m.test(text)) return undefined;
  const random = new Random(`plan/${seed}`);
  const taken = readDoors(text);
  const door = random.integer(0, SCRIPTED_TREE.width - 1);
  const letters = Array.from({ length: SCRIPTED_TREE.width }, (_, index) => String.fromCharCode(97 + index));
  const doors = [...taken, letters[door] ?? "a"];
  const execution = `step ${doors.length}: take door ${doors.at(-1)}`;
  if (random.chance(0.1)) return `${execution}, I think`;

  const score = random.chance(0.15) ? 1 : random.integer(4, 5);
  const actions = [...letters.map((letter) => `door-${letter}`), "go-back"].map((action, index) => ({
    ...{ action, score: index === door ? score : 3, reason: "" },
  }));
  const done = doors.length >= SCRIPTED_TREE.depth;
  const answer = done ? doors.slice(0, SCRIPTED_TREE.depth).join("") : null;
  return JSON.stringify({ reflection: "onwards", actions, decision: door + 1, execution, answer, done });
};

/** The writer of `plan` in the maze: the doors that were taken are the answer. */
export const planWriter: RoleScript = (text) => {
  if (!/^Steps taken:$/m.test(text)) return undefined;
  const doors = readDoors(text);
  return doors.length === 0 ? "no door was taken" : `that way\nAnswer: ${doors.join("")}`;
};
