import type { ScriptedSettings } from "../models/scripted.ts";
import type { Role } from "../thought/usage.ts";
import { byPrompt } from "./scripted-roles/by-prompt.ts";
import { critiqueCritic } from "./scripted-roles/critique.ts";
import { debateCritic, debateJudge } from "./scripted-roles/debate.ts";
import { judgeSteps } from "./scripted-roles/judge-steps.ts";
import { panelPlanner, panelReviewer } from "./scripted-roles/panel.ts";
import { planPlanner, planWriter } from "./scripted-roles/plan.ts";
import { autoRouter } from "./scripted-roles/router.ts";
import { answerWriter, doorSummarizer } from "./scripted-roles/summarizer.ts";

/**
 * What the roles beside the policy say in a scripted world, by role. A reply depends on its arguments alone. Roles that
 * are not listed are played by the policy's model.
 */
export const scriptedRoles: Partial<Record<Role, ScriptedSettings["reply"]>> = {
  critic: byPrompt([critiqueCritic, debateCritic]),
  judge: byPrompt([judgeSteps, debateJudge, panelReviewer]),
  planner: byPrompt([panelPlanner, planPlanner]),
  router: byPrompt([autoRouter]),
  summarizer: byPrompt([doorSummarizer]),
  writer: byPrompt([planWriter, answerWriter]),
};
