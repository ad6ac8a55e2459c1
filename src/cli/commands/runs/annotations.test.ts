import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { runInProcess } from "../../../../test/support/command-line.ts";
import { temporaryFolder } from "../../../../test/support/temporary-folder.ts";
import { humanThoughtSchema } from "../../../journey/human/human-thought.ts";
import { appendAnnotation } from "../../../runs/annotations/annotation-file.ts";
import { createRun } from "../../../runs/open-run.ts";

/** A run with one step, which ada calls wrong, and a thought that she wrote. */
function annotatedRun(): void {
  const root = temporaryFolder();
  vi.stubEnv("SOJOURN_RUNS", root);
  const run = createRun({ command: "ask", request: {}, models: {}, seed: 0 }, { root });
  const recorder = run.question("q1");
  recorder.emit({ type: "question-started", text: { id: "q1", text: "Is 9.11 or 9.7 larger?" } });
  recorder.emit({ type: "step-added", node: "0.0", parent: "0", text: "11 beats 7." });
  run.finish();
  const said = { question: "q1", author: "ada", at: 5 };
  appendAnnotation(join(root, run.id), { ...said, type: "step-labelled", node: "0.0", label: -1 });
  appendAnnotation(join(root, run.id), {
    ...said,
    ...{
      type: "thought-written",
      thought: "a",
      parts: [{ kind: "trial", text: "7 tenths." }],
      answer: "9.7",
    },
  });
}

describe("sojourn runs annotations", () => {
  it("prints what stands, one JSON object a line, and the count beside it", async () => {
    annotatedRun();
    const { code, out, err } = await runInProcess(["runs", "annotations", "latest"]);
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([{ type: "step-labelled", label: -1 }, { type: "thought-written" }]);
    expect(err).toBe("2 lines of 2 annotations\n");
  });

  it("prints labels as PRM800K and thoughts as sojourn augment reads them", async () => {
    annotatedRun();
    const labels = await runInProcess(["runs", "annotations", "latest", "--format", "prm800k"]);
    expect(JSON.parse(labels.out)).toMatchObject({ labeler: "ada", label: { finish_reason: "found_error" } });
    const thoughts = await runInProcess(["runs", "annotations", "latest", "--format", "human"]);
    expect(humanThoughtSchema.parse(JSON.parse(thoughts.out))).toMatchObject({
      author: "ada",
      answer: "9.7",
    });
  });
});
