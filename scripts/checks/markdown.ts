/** A fenced block: what follows its backticks, split at spaces, and its text. */
export interface Fence {
  language: string;
  /** The words after the language: ```` ```sh long ```` has the mark `long`. */
  marks: string[];
  text: string;
  /** Line of the block's first line of text, counted from 1. */
  line: number;
}

/** A link, image or reference: where it points and its line, counted from 1. */
export interface Link {
  target: string;
  line: number;
}

/** What the checks read in a Markdown page. */
export interface Page {
  /** The anchors that links may point at: headings as GitHub names them, and explicit ids. */
  anchors: Set<string>;
  links: Link[];
  fences: Fence[];
}

const linkPatterns = [
  /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g,
  /^\s*\[[^\]]+\]:\s+<?([^\s>]+)>?/g,
  /\b(?:src|href|srcset)="([^"\s]+)"/g,
];

/** Reads headings, links and fenced blocks; what stands inside code is no link and no heading. */
export function parseMarkdown(text: string): Page {
  const page: Page = { anchors: new Set(), links: [], fences: [] };
  let fence: (Fence & { close: string; lines: string[] }) | undefined;
  for (const [index, source] of text.split("\n").entries()) {
    const line = index + 1;
    const mark = /^\s*(`{3,}|~{3,})(.*)$/.exec(source);
    if (fence !== undefined) {
      if (mark?.[1]?.startsWith(fence.close) && mark[2]?.trim() === "") {
        const { language, marks, lines } = fence;
        page.fences.push({ language, marks, text: lines.join("\n"), line: fence.line });
        fence = undefined;
      } else fence.lines.push(source);
    } else if (mark?.[1] !== undefined) {
      const [language = "", ...marks] = (mark[2] ?? "").trim().split(/\s+/);
      fence = { language, marks, text: "", line: line + 1, close: mark[1], lines: [] };
    } else readProse(source, line, page);
  }
  return page;
}

function readProse(source: string, line: number, page: Page): void {
  const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(source)?.[1];
  if (heading !== undefined) page.anchors.add(unusedAnchor(anchorOf(heading), page.anchors));
  for (const match of source.matchAll(/\b(?:id|name)="([^"]+)"/g))
    if (match[1] !== undefined) page.anchors.add(match[1]);
  const prose = source.replace(/`[^`]*`/g, "");
  for (const pattern of linkPatterns)
    for (const match of prose.matchAll(pattern))
      if (match[1] !== undefined) page.links.push({ target: match[1], line });
}

function anchorOf(heading: string): string {
  const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
  return words.replace(/[^\p{Letter}\p{Number}\s_-]/gu, "").replace(/\s/g, "-");
}

function unusedAnchor(anchor: string, taken: ReadonlySet<string>): string {
  let ordinal = 0;
  while (taken.has(ordinal === 0 ? anchor : `${anchor}-${ordinal}`)) ordinal++;
  return ordinal === 0 ? anchor : `${anchor}-${ordinal}`;
}
