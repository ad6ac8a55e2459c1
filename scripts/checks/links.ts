import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Page, parseMarkdown } from "./markdown.ts";
import type { Offence } from "./offence.ts";

/**
 * The links of one page that lead nowhere: a missing file, a missing heading. Addresses on the web are not
 * followed.
 *
 * @param file - the page's path relative to `base`
 */
export function deadLinks(file: string, page: Page, base: string): Offence[] {
  const offences: Offence[] = [];
  for (const { target, line } of page.links) {
    if (/^[a-z][a-z+.-]*:/i.test(target)) continue;
    const [path = "", anchor] = target.split("#");
    const linked = path === "" ? file : join(dirname(file), decodeURIComponent(path));
    if (path.startsWith("/") || linked.startsWith(".."))
      offences.push({ file, line, message: `link ${target} leaves the project: make it relative` });
    else if (!existsSync(join(base, linked)))
      offences.push({ file, line, message: `link ${target} points at nothing: mend the path or remove it` });
    else if (anchor !== undefined && linked.endsWith(".md")) {
      const { anchors } = linked === file ? page : parseMarkdown(readFileSync(join(base, linked), "utf8"));
      if (!anchors.has(anchor))
        offences.push({ file, line, message: `link ${target}: no such heading, there are ${list(anchors)}` });
    }
  }
  return offences;
}

function list(anchors: ReadonlySet<string>): string {
  return [...anchors].map((anchor) => `#${anchor}`).join(" ") || "none";
}
