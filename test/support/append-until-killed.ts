import { writeSync } from "node:fs";
import { resumeRun } from "../../src/runs/open-run.ts";

/**
 * Resumes a run and appends numbered events until it is killed. Says each number on stdout as soon as its event
 * may be acted on. A call event stands for a retraced question's own: it is appended without being compared.
 */
const [root = "", run = ""] = process.argv.slice(2);
const { log } = resumeRun(run, { root });
const recorder = log.question("q");
const usage = {
  ...{ inputTokens: 1, outputTokens: 1, reasoningTokens: 0, estimatedOutputTokens: 0, calls: 1, costUsd: 0 },
};
for (let occurrence = 0; ; occurrence++) {
  recorder.emit({
    ...{
      type: "call-finished",
      site: "answer",
      occurrence,
      fingerprint: "f",
      role: "policy",
      model: "scripted",
    },
    ...{ wallMs: 0, usage, request: null },
    samples: [{ index: 0, text: "thinking ".repeat(occurrence % 500), finishReason: "stop" }],
  });
  say(`${occurrence}\n`);
}

/** Returns when the line is with the reader's system, so that a kill cannot take it back. */
function say(line: string): void {
  for (let written = 0; written < line.length; ) {
    try {
      written += writeSync(1, line.slice(written));
    } catch (error) {
      const full = error instanceof Error && "code" in error && error.code === "EAGAIN";
      if (!full) throw error;
    }
  }
}
