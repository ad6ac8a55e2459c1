import { parentPort } from "node:worker_threads";
import { z } from "zod";
import { InputError, messageOf } from "../../thought/errors.ts";
import { reportReply } from "./report-reply.ts";
import type { ReportTold } from "./report-thread.ts";

parentPort?.on("message", (message: unknown) => {
  parentPort?.postMessage(told(z.string().parse(message)));
});

/** The report on the evaluation in a folder, or why there is none. */
function told(folder: string): ReportTold {
  try {
    return { json: JSON.stringify(reportReply(folder)) };
  } catch (error) {
    return { failed: messageOf(error), input: error instanceof InputError };
  }
}
