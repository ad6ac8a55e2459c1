import { gradeAnswer } from "../problems/answer/grade-answer.ts";
import { lastBoxed } from "../problems/benchmarks/gold.ts";

/**
 * The thought of a text that ends in a boxed answer, line by line, the line with nothing but the box left out. A text
 * without a box, or whose box is not the answer that it has to keep, may not stand.
 */
export async function keptAnswer(
  text: string,
  answer: string,
): Promise<{ lines: string[] } | { fault: string }> {
  const boxed = lastBoxed(text);
  if (boxed === undefined) return { fault: "there is no \\boxed{} at its end" };
  const { equal } = await gradeAnswer(answer, `\\boxed{${boxed}}`);
  if (!equal) return { fault: `its answer is ${boxed} and not ${answer}` };
  const all = text.split("\n").map((line) => line.trim());
  const lines = all.filter(
    (line) => line !== "" && !/^(?:answer:?\s*)?[$\\[(\s]*\\boxed\{.*\}[$\\\])\s.]*$/i.test(line),
  );
  return lines.length === 0 ? { fault: "it holds the answer alone" } : { lines };
}
