import type { ChoosingRole } from "../thought/role-choices.ts";

/**
 * How one example is written as text; training, decoding and the chat template all take the form from here:
 *
 * `<|user|>` question `<|think|>` line newline line … `<|answer|>` answer `<|end|>`, or, without thinking,
 * `<|user|>` question `<|answer|>` answer `<|end|>`. Nothing stands between a marker and the text beside it.
 *
 * A role is asked behind anything that the model could have written, in place of what would come next: after some lines
 * of a thought or after an answer `<|judge|>` (is the last of it right?) and `<|critic|>` (what to do now?), after the
 * question `<|router|>` (how hard is it?). One word of the role's choice and `<|end|>` follow.
 */
export const markers = {
  pad: "<|pad|>",
  user: "<|user|>",
  think: "<|think|>",
  answer: "<|answer|>",
  end: "<|end|>",
  judge: "<|judge|>",
  critic: "<|critic|>",
  router: "<|router|>",
} as const;

/** The markers in the order of their token ids, which are 0 to 7. */
export const markerList: readonly string[] = [
  markers.pad,
  markers.user,
  markers.think,
  markers.answer,
  markers.end,
  markers.judge,
  markers.critic,
  markers.router,
];

/** The text after which the model writes: its thought, or with `thinking: false` the answer at once. */
export function promptText(question: string, thinking: boolean): string {
  return `${markers.user}${question}${thinking ? markers.think : markers.answer}`;
}

/** The text that a role reads: a question and, unless it is the router's, the thought and maybe the answer so far. */
export function rolePromptText(
  role: ChoosingRole,
  {
    question,
    thought,
    answer,
  }: { question: string; thought: readonly string[]; answer?: string | undefined },
): string {
  const thinking = role === "router" ? "" : `${markers.think}${thought.join("\n")}`;
  const said = answer === undefined ? "" : `${markers.answer}${answer}`;
  return `${markers.user}${question}${thinking}${said}${markers[role]}`;
}

/** The text that the model is to write after {@link promptText}; a thought of no lines means no thinking. */
export function completionText(thought: readonly string[], answer: string): string {
  const written = thought.length === 0 ? "" : `${thought.join("\n")}${markers.answer}`;
  return `${written}${answer}${markers.end}`;
}

/**
 * The same form as a Jinja chat template, for `tokenizer_config.json`: the last user message is the question (nano has
 * no memory of earlier turns) and `enable_thinking: false` asks for the answer at once.
 */
export const chatTemplate: string = [
  "{%- set last = (messages | selectattr('role', 'equalto', 'user') | list | last) -%}",
  `{{- '${markers.user}' + last.content -}}`,
  "{%- if add_generation_prompt -%}",
  `{{- '${markers.answer}' if enable_thinking is defined and not enable_thinking else '${markers.think}' -}}`,
  "{%- endif -%}",
].join("");
