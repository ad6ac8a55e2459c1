import { promptNames, shippedPrompt } from "../../strategies/prompt.ts";

/** A prompt as the studio shows it: who speaks by it, and its text. */
export interface AgentPrompt {
  name: string;
  /** The voice that it makes: `planner`, `critic`, ... */
  agent: string;
  text: string;
}

/** Prompts that every strategy may use, and the voice that each makes. */
const SHARED: Readonly<Record<string, string>> = {
  "step-by-step": "policy",
  "next-step": "policy",
  "steps-so-far": "policy",
  "judge-steps": "judge",
  summarize: "summarizer",
  "summarize-again": "summarizer",
  "write-answer": "writer",
  repair: "whoever broke the form",
};

/** The voices of prompts that belong to one strategy, whose name is the beginning of theirs. */
const VOICES: Readonly<Record<string, string>> = {
  route: "router",
  "critique-choose": "critic",
  "critique-tried": "policy",
  "debate-critic": "critic",
  "debate-judge": "judge",
  "debate-objection": "policy",
  "panel-analyses": "writer",
  "panel-analyst": "analyst",
  "panel-context": "analyst",
  "panel-plan": "planner",
  "panel-review": "quality control",
  "panel-rework": "analyst",
  "panel-task": "analyst",
  "panel-write": "writer",
  "plan-so-far": "planner",
  "plan-step": "planner",
  "plan-trajectory": "writer",
  "plan-write": "writer",
};

/**
 * All prompts, those of `sojourn.yaml` in place of the shipped ones.
 *
 * @param replaced texts of the config, by the prompt's name
 */
export function agentPrompts(replaced: Readonly<Record<string, string>> = {}): AgentPrompt[] {
  return promptNames().map((name) => ({
    name,
    agent: VOICES[name] ?? SHARED[name] ?? "policy",
    text: replaced[name] ?? shippedPrompt(name),
  }));
}

/**
 * The names of the prompts that a strategy's agents speak by, its own first. `auto` has those of all: it may pick any. A
 * strategy with agents of its own does without the policy's prompts unless it grows steps as the searches do.
 */
export function promptsOf(strategy: string): string[] {
  const names = promptNames();
  if (strategy === "auto") return names;
  const own = names.filter((name) => name === strategy || name.startsWith(`${strategy}-`));
  const shared = names.filter((name) => Object.hasOwn(SHARED, name) && !own.includes(name));
  return strategy === "direct" ? shared.filter((name) => REPORTING.includes(name)) : [...own, ...shared];
}

/** What may follow on any strategy's thinking. */
const REPORTING = ["summarize", "summarize-again", "write-answer"];

/** The placeholders that a prompt's text may hold. */
export function placeholdersOf(text: string): Set<string> {
  return new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name));
}
