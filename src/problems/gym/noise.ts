import type { Random } from "../../thought/random.ts";

const openings: readonly string[] = [
  "Hey, ",
  "Hi! ",
  "Hello, ",
  "Quick question: ",
  "Question: ",
  "Please help: ",
  "Can you tell me: ",
  "I have a question: ",
  "Please answer: ",
];
const commands =
  /^(Add|Calculate|Combine|Compare|Compute|Count|Decode|Find|Get|Give|Make|Multiply|Pick|Play|Reach|Read|Solve|Subtract|Take|Tell|Use|Work|Write) /;
const closings: readonly string[] = [
  " Please.",
  " Thanks.",
  " Thanks!",
  " Thank you.",
  " Think step by step.",
];

/**
 * Roughens a question the way people type: a polite opening or closing, a lower-case first letter, a missing last
 * mark. About half of the questions come through unchanged. Contents are never touched.
 */
export function addNoise(question: string, random: Random): string {
  let text = question;
  if (random.chance(0.12)) text = text.replace(/\s*[.?]$/, "");
  else if (random.chance(0.08)) text += random.pick(closings);
  if (random.chance(0.1)) {
    const opening = commands.test(question) && random.chance(0.6) ? "Please " : random.pick(openings);
    text = opening + lowerFirst(text);
  }
  return random.chance(0.2) ? lowerFirst(text) : text;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
