import type { Prompt } from "../../models/client.ts";
import type { ScriptedSettings } from "../../models/scripted.ts";
import { treeReply } from "../../models/scripted-tree.ts";

/** What an agent says to prompts that it knows; undefined to all others. `text` is all that stands in the prompt. */
export type RoleScript = (text: string, seed: number) => string | undefined;

/** A model that plays several agents: whoever knows the prompt speaks, else `others` does; default the maze model. */
export function byPrompt(
  scripts: readonly RoleScript[],
  others: ScriptedSettings["reply"] = (prompt, _sample, seed) => treeReply(prompt, seed),
): ScriptedSettings["reply"] {
  return (prompt, sample, seed) => {
    const text = textOf(prompt);
    for (const script of scripts) {
      const said = script(text, seed);
      if (said !== undefined) return said;
    }
    return others(prompt, sample, seed);
  };
}

/** Everything that was said to the model, what it said itself left out. */
function textOf({ system = "", messages }: Prompt): string {
  const told = messages.flatMap(({ role, content }) => (role === "user" ? content : []));
  return [system, ...told].join("\n\n");
}
