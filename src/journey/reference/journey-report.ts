import { join } from "node:path";
import { pageHtml, pageMarkdown, type ReportPage } from "../../evaluate/report/page.ts";
import { writeWhole } from "../../runs/write-whole.ts";
import { type JourneyResults, readArms } from "./journey-results.ts";
import { journeyPlots } from "./report-plots.ts";
import { journeyPage } from "./report-sections.ts";

/** Writes `report.md`, `report.html` and `report.json` into a folder and returns the page. */
export async function writeJourneyReport(results: JourneyResults, folder: string): Promise<ReportPage> {
  const arms = readArms(results);
  const page = journeyPage(results, arms);
  writeWhole(join(folder, "report.md"), [pageMarkdown(page)]);
  writeWhole(join(folder, "report.html"), [pageHtml(page, await journeyPlots(results, arms))]);
  writeWhole(join(folder, "report.json"), [`${JSON.stringify(page, undefined, 2)}\n`]);
  return page;
}
