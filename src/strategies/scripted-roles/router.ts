import { roleChoices } from "../../thought/role-choices.ts";
import type { RoleScript } from "./by-prompt.ts";

/** Takes one seed's question for easy and another's for hard; one reply in eight is of no use at first. */
export const autoRouter: RoleScript = (text, seed) => {
  if (!text.includes("Judge how hard a question is")) return undefined;
  if (seed % 8 === 7) return "That depends.";
  const choice = roleChoices.router[seed % roleChoices.router.length];
  return JSON.stringify({ reason: "by its looks", choice });
};
