import { readDoors, SCRIPTED_TREE } from "../../models/scripted-tree.ts";
import { Random } from "../../thought/random.ts";
import type { RoleScript } from "./by-prompt.ts";

/** The planner of `panel` in the maze: a few sub-tasks, at times without a guess or in prose. */
export const panelPlanner: RoleScript = (text, seed) => {
  if (!text.includes("You plan the work of a panel")) return undefined;
  const random = new Random(`panel/${seed}`);
  if (random.chance(0.1)) return random.pick(["Let us split up.", "", '{"tasks": []}']);
  const doors = Array.from({ length: SCRIPTED_TREE.depth }, () => random.pick(["a", "b", "c"]));
  const tasks = Array.from({ length: random.integer(1, 3) }, (_, index) => ({
    ...{ task: `path ${index + 1}`, check: "does it lead out?", threshold: random.pick([0.5, 0.7, 7]) },
  }));
  return JSON.stringify({ guess: random.chance(0.8) ? doors.join("") : null, tasks });
};

/** The reviewer of `panel` in the maze: marks by lot, at times outside of the scale, for nothing or in prose. */
export const panelReviewer: RoleScript = (text, seed) => {
  if (!text.includes("You are the quality control of a panel")) return undefined;
  const random = new Random(`panel/${seed}`);
  if (random.chance(0.1)) return random.pick(["All fine.", ""]);
  const numbers = [...text.matchAll(/^Sub-task (\d+):/gm)].map(([, number]) => Number(number));
  const reviews = numbers.map((task) => {
    const score = random.pick([0.2, 0.4, 0.6, 0.8, 1, 7, "high"]);
    return { task, score, reason: `${readDoors(text).length} doors` };
  });
  return JSON.stringify({ reviews: random.chance(0.1) ? reviews.slice(1) : reviews });
};
