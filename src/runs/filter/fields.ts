import { MARKERS } from "../../thought/structure.ts";
import type { ThoughtRow } from "../store/thought-row.ts";

/** How a field is written in a filter, and what it is compared with. */
export type Field =
  /** `strategy:mcts`, `strategy:mcts,vote`, `model:openai/*`. */
  | { kind: "name"; column: string; of: (row: ThoughtRow) => string | null; prefix?: boolean }
  /** `tokens:>2000`; `level:5`, where the column is text that may hold a number. */
  | { kind: "number"; column: string; of: (row: ThoughtRow) => number | string | null; unit?: number }
  /** `created:>2026-11-20`. */
  | { kind: "time"; column: string; of: (row: ThoughtRow) => number }
  /** `correct:true`, `correct:false`, and `correct:open` where nothing was graded. */
  | { kind: "truth"; column: string; of: (row: ThoughtRow) => boolean | null }
  /** `text:"free words"`: the text holds these words, in any case. */
  | { kind: "text"; column: string; folded: boolean; of: (row: ThoughtRow) => string }
  /** `thought:wait`: a marker stands in the thought. */
  | { kind: "marker" }
  /** `tag:subject=Algebra`. */
  | { kind: "tag"; column: string };

type FieldOf<Kind extends Field["kind"]> = Extract<Field, { kind: Kind }>;

/** Every field that a filter may name. */
export const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["correct", { kind: "truth", column: "correct", of: (row) => row.correct }],
  ["checked", { kind: "truth", column: "checked", of: (row) => row.checked }],
  ["strategy", name("strategy", (row) => row.strategy)],
  ["model", name("model", (row) => row.model)],
  ["effort", name("effort", (row) => row.effort)],
  ["source", name("source", (row) => row.source)],
  ["family", name("family", (row) => row.family)],
  ["level", number("level", (row) => row.level)],
  ["tag", { kind: "tag", column: "tags" }],
  ["problem", name("problem", (row) => row.problem)],
  ["sample", number("sample", (row) => row.sample)],
  ["run", { ...name("run", (row) => row.run), prefix: true }],
  ["command", name("command", (row) => row.command)],
  ["question", name("question", (row) => row.question)],
  ["answer", name("answer", (row) => row.answer)],
  ["gold", name("gold", (row) => row.gold)],
  ["stop", name("stopReason", (row) => row.stopReason)],
  ["reward", number("reward", (row) => row.reward)],
  ["tokens", number("tokens", (row) => row.tokens)],
  ["calls", number("calls", (row) => row.calls)],
  ["cost", number("costUsd", (row) => row.costUsd)],
  ["seconds", { ...number("wallMs", (row) => row.wallMs), unit: 1000 }],
  ["words", number("words", (row) => row.words)],
  ["lines", number("lines", (row) => row.lines)],
  ["steps", number("steps", (row) => row.steps)],
  ["depth", number("depth", (row) => row.depth)],
  ["created", { kind: "time", column: "createdAt", of: (row) => row.createdAt }],
  ["text", { kind: "text", column: "folded", folded: true, of: (row) => row.text }],
  ["asked", { kind: "text", column: "asked", folded: false, of: (row) => row.asked }],
  ["thought", { kind: "marker" }],
  ...markerFields(),
]);

/** `wait:>2`: how often a marker stands in the thought. */
function markerFields(): [string, Field][] {
  return MARKERS.map((marker) => [marker, number(marker, (row) => row.markers[marker])]);
}

function name(column: string, of: FieldOf<"name">["of"]): FieldOf<"name"> {
  return { kind: "name", column, of };
}

function number(column: string, of: FieldOf<"number">["of"]): FieldOf<"number"> {
  return { kind: "number", column, of };
}
