// A panel of agents whose prompts are edited. The model is scripted, so that this runs anywhere; any other will do.
import { think } from "sojourn";
import { scriptedModel } from "sojourn/models";

const model = scriptedModel({
  reply({ system = "", messages }) {
    const prompt = `${system}\n${messages.map(({ content }) => content).join("\n")}`;
    if (prompt.includes("You lead a crew")) {
      const tasks = ["read the tide table", "work out the draught"].map((task) => ({
        task,
        check: "Is it a number?",
      }));
      return JSON.stringify({ guess: "no", tasks });
    }
    if (prompt.includes("You are the quality control")) {
      const reviews = [1, 2].map((task) => ({ task, score: 0.9, reason: "it holds" }));
      return JSON.stringify({ reviews });
    }
    if (prompt.includes("Your sub-task: read the tide table")) return "High water is at noon.\nAnswer: 3 m";
    if (prompt.includes("Your sub-task"))
      return "The keel goes down to two and a half metres.\nAnswer: 2.5 m";
    return "3 m of water carry a draught of 2.5 m.\nAnswer: yes";
  },
});

const thinking = think("Can we leave the harbour at noon?", {
  model,
  strategy: "panel",
  // By the prompt's name, its placeholders as in the original: see src/strategies/prompts/panel-plan.txt.
  prompts: {
    "panel-plan": `You lead a crew that answers: {{question}}
Give at most {{most}} tasks, for {{models}}, as {"guess": "...", "tasks": [{"task": "...", "check": "..."}]}`,
  },
});
for await (const event of thinking)
  if (event.type === "agent-spoke") console.log(`${event.agent}: ${event.text}`);
console.log(`so: ${(await thinking).text}`);
