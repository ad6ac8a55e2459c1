import { join } from "node:path";
import { writeWhole } from "../../runs/write-whole.ts";
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
  const write = (path: string, text: string) =>
    writeWhole(path, text, { mend: "make room, or copy the run", makeFolder: false, lasting: false });
  write(join(folder, "report.json"), `${JSON.stringify(report, undefined, 2)}\n`);
  const page = evaluationPage(report);
  write(join(folder, "report.md"), pageMarkdown(page));
  write(html, pageHtml(page, await evaluationPlots(report, evaluation.records)));
  return { report, html };
}
