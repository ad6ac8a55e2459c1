import type { Prompt } from "../../src/models/client.ts";

/** Records as ProcessBench has them: a step whose text says `oops` is the first wrong one. */
export function processbenchRecords(count: number): object[] {
  return Array.from({ length: count }, (_, index) => {
    const wrong = index % 3 === 0 ? -1 : (index % 3) - 1;
    const steps = [0, 1, 2].map((step) => `step ${step} of ${index}${step === wrong ? ": oops" : ""}`);
    return { id: `gsm8k-${index}`, problem: `What is ${index}?`, steps, label: wrong };
  });
}

/** A judge that follows the prompt `judge-steps`: a step is bad where its text says `oops`. */
export function oopsJudge(prompt: Prompt): string {
  const text = prompt.messages.at(-1)?.content ?? "";
  const [, thought = "", asked = ""] =
    /Thought so far:\n([\s\S]*?)\n\nSay of these steps whether they hold: ([\d, ]+)/.exec(text) ?? [];
  const lines = thought.split("\n");
  const steps = asked.split(", ").map((number) => {
    const wrong = lines[Number(number) - 1]?.includes("oops") ?? false;
    return { step: Number(number), reason: "read", label: wrong ? "bad" : "good", sure: 0.9 };
  });
  return JSON.stringify({ steps });
}
