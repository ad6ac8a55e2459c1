import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FailureError, messageOf } from "../../thought/errors.ts";
import { pageHtml, pageMarkdown } from "../report/page.ts";
import { evaluationPage } from "./evaluation-page.ts";
import { evaluationPlots } from "./evaluation-plots.ts";
import { type EvaluationReport, evaluationReport } from "./evaluation-report.ts";
import { readEvaluation } from "./read-evaluation.ts";

/** A report and where it was written. */
export interface WrittenReport {
  report: EvaluationReport;
  /** For a browser; `report.md` and `report.json` stand beside it. */
  html: string;
}

/**
 * Works an evaluation's report out from its folder alone and writes it into it: `report.json`, `report.md` and
 * `report.html`. May be done at any time, also while the run is under way, and as often as one likes.
 *
 * @throws InputError where the folder is no evaluation, FailureError where it cannot be written to
 */
export async function writeReport(folder: string): Promise<WrittenReport> {
  const evaluation = readEvaluation(folder);
  const report = evaluationReport(evaluation);
  const html = join(folder, "report.html");
  writeWhole(join(folder, "report.json"), `${JSON.stringify(report, undefined, 2)}\n`);
  const page = evaluationPage(report);
  writeWhole(join(folder, "report.md"), pageMarkdown(page));
  writeWhole(html, pageHtml(page, await evaluationPlots(report, evaluation.records)));
  return { report, html };
}

/** A reader meets the old file or the new one and nothing between. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    throw new FailureError(`cannot write ${path}: ${messageOf(error)}; make room, or copy the run`, error);
  }
}
