import type { Delta } from "../../models/client.ts";
import type { Event } from "../../thought/event.ts";
import { applyToThought, emptyThought, type Thought } from "../../thought/fold-thought.ts";
import { foldUsage } from "../../thought/fold-usage.ts";
import type { Usage } from "../../thought/usage.ts";

/** What a person sees of one question while it is thought about. */
export interface LiveState {
  thought: Thought;
  /** Why the strategy was picked; empty where the user named it. */
  reason: string;
  model: string;
  usage: Usage;
  /** Text on its way, by the id that its first step will have. */
  writing: Map<string, string>;
  /** Ids of the texts on their way that are still thinking apart from the reply. */
  thinking: Set<string>;
}

/** The state before anything happened. */
export function emptyLiveState(model: string): LiveState {
  return {
    thought: emptyThought(),
    reason: "",
    model,
    usage: foldUsage.start(),
    writing: new Map(),
    thinking: new Set(),
  };
}

/** Brings the state up to date with an event of its question. */
export function applyEvent(state: LiveState, event: Event): void {
  applyToThought(state.thought, event);
  state.usage = foldUsage.apply(state.usage, event);
  if (event.type === "strategy-chosen") state.reason = event.reason;
  else if (event.type === "task-told") state.writing.delete(event.task);
  else if (event.type === "question-finished") state.writing.clear();
}

/**
 * Takes up a piece of streamed text. A site names the kind of task and the node below which the text will stand, such as
 * `roll-out:0`.
 */
export function applyDelta(state: LiveState, delta: Delta & { site: string }): void {
  const node = delta.site.slice(delta.site.indexOf(":") + 1);
  const id = `${node}.${delta.sample}`;
  if (delta.kind === "restarted") state.writing.delete(id);
  if (delta.kind === "restarted" || state.thought.tree.find(id) !== undefined) return;
  const begun = delta.kind === "text" && state.thinking.delete(id) ? "\n" : "";
  if (delta.kind === "reasoning") state.thinking.add(id);
  state.writing.set(id, (state.writing.get(id) ?? "") + begun + delta.text);
}

/** How a question is thought about, on one line: the strategy, the model, and why. */
export function headline({ thought, model, reason }: LiveState): string {
  const what = `${thought.strategy ?? "…"} over ${model}`;
  return reason === "" ? what : `${what} · ${reason}`;
}
