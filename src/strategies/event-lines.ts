import type { Event } from "../thought/event.ts";

/**
 * What a person reads of an event who follows the thinking as plain lines: steps, scores, voices, answers, warnings.
 * Empty for events that only a log needs.
 */
export function eventLines(event: Event): string[] {
  switch (event.type) {
    case "strategy-chosen":
      return [`strategy ${event.strategy}${event.reason === "" ? "" : ` (${event.reason})`}`];
    case "agent-spoke":
      return spoken(event.agent, event.text);
    case "step-added":
      return event.text === "" ? [] : spoken(event.node, event.text);
    case "step-scored":
      return spoken(event.node, `scored ${event.value.toFixed(2)} by ${event.by}${because(event.reason)}`);
    case "step-pruned":
      return spoken(event.node, `given up${because(event.reason)}`);
    case "backtracked":
      return [`back from ${event.from} to ${event.to}`];
    case "answer-proposed":
      return spoken(event.node, `= ${event.answer}`);
    case "answer-chosen":
      return spoken("answer", `${event.answer}${because(event.reason)}`);
    case "summary-written":
      return spoken("summary", event.text);
    case "thought-cut":
      return spoken(event.node, `cut${because(event.reason)}`);
    case "warning-raised":
      return spoken("warning", event.text);
    case "call-failed":
      return spoken("warning", `a call of the ${event.role} ${event.outcome}: ${event.error}`);
    case "budget-exhausted":
      return [
        `the budget of ${event.allowed} ${event.limit === "outputTokens" ? "output tokens" : event.limit} is used up`,
      ];
    default:
      return [];
  }
}

/** A text behind a name, its further lines indented. What could steer a terminal is left out. */
function spoken(name: string, text: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(/\p{Cc}/gu, "").trimEnd());
  return lines.map((line, index) => (index === 0 ? `${name}: ${line}` : `  ${line}`));
}

function because(reason: string | undefined): string {
  return reason === undefined || reason === "" ? "" : ` (${reason})`;
}
