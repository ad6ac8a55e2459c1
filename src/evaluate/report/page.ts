/** One part of a report for people, in the same words in Markdown and HTML. */
export interface ReportSection {
  title: string;
  /** A paragraph before the table. */
  text?: string | undefined;
  table?: { header: readonly string[]; rows: readonly (readonly string[])[] } | undefined;
  /** Lines that stand as they are, such as a thought. */
  lines?: readonly string[] | undefined;
}

/** A plot that stands in a page as it is. */
export interface DrawnPlot {
  caption: string;
  /** An SVG element; its colours follow the page's `--text`, `--right` and `--wrong`. */
  svg: string;
}

/** A whole report. All of its words are text: what a model wrote opens no tag, link or cell. */
export interface ReportPage {
  title: string;
  /** The result in a sentence or two. */
  headline: string;
  sections: readonly ReportSection[];
}

/** A report as Markdown. */
export function pageMarkdown({ title, headline, sections }: ReportPage): string {
  const parts = sections.map((section) =>
    [
      `## ${section.title}`,
      ...(section.text === undefined ? [] : [section.text]),
      ...(section.table === undefined ? [] : [tableMarkdown(section.table)]),
      ...(section.lines === undefined ? [] : [section.lines.map((line) => `    ${line}`).join("\n")]),
    ].join("\n\n"),
  );
  return `${[`# ${title}`, headline, ...parts].join("\n\n")}\n`;
}

type Table = NonNullable<ReportSection["table"]>;

function tableMarkdown({ header, rows }: Table): string {
  return [header, header.map(() => "---"), ...rows].map(row).join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escapeCell).join(" | ")} |`;
}

function escapeCell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\|<>*_`[\]]/g, "\\$&");
}

/** Light and dark by the reader's own setting; plots take the text's colour. */
const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --page: #fff; --faint: #66707b; --line: #d8dde3; --right: #1a7f52; --wrong: #c2410c; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ed; --page: #14171a; --faint: #98a2ad; --line: #30363d; --right: #4cc38a; --wrong: #fb923c; }
}
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: var(--text); background: var(--page); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin-bottom: 0; }
h2 { font-size: 1.1rem; margin-top: 2.5rem; }
pre { overflow-x: auto; font-size: 0.85rem; }
.headline { font-size: 1.15rem; }
.note, figcaption { color: var(--faint); font-size: 0.9rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.25rem 1.25rem 0.25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--faint); font-weight: 500; }
figure { margin: 1.5rem 0; overflow-x: auto; }
`;

/** A report as one HTML page that needs nothing else, with plots behind its headline. */
export function pageHtml(page: ReportPage, plots: readonly DrawnPlot[]): string {
  const title = escapeHtml(page.title);
  const figures = plots.map(
    ({ caption, svg }) => `<figure>${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`,
  );
  const sections = page.sections.map(
    ({ title: name, text, table, lines }) => `<section><h2>${escapeHtml(name)}</h2>
${text === undefined ? "" : `<p class="note">${escapeHtml(text)}</p>`}
${table === undefined ? "" : tableHtml(table)}
${lines === undefined ? "" : `<pre>${escapeHtml(lines.join("\n"))}</pre>`}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="headline">${escapeHtml(page.headline)}</p>
${[...figures, ...sections].join("\n")}
</main>
</body>
</html>
`;
}

function tableHtml({ header, rows }: Table): string {
  const line = (cells: readonly string[], tag: "th" | "td"): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const head = header.every((cell) => cell === "") ? "" : `<thead>${line(header, "th")}</thead>`;
  const body = rows.map((cells) => line(cells, "td")).join("\n");
  return `<div class="scroll"><table>${head}<tbody>${body}</tbody></table></div>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
