import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { DownloadIcon } from "./icons.tsx";
import { saveFile } from "./save-file.ts";
import { visibleText } from "./text-parts.ts";

/** So much of a text that is too long stands on the page. */
const SHOWN = 2_000;

/** The beginning of a text that would hold the page, what is left out, and a way to have all of it. */
export function LongText({ text }: { text: string }): ReactNode {
  const left = text.length - SHOWN;
  return (
    <span className="block">
      <span dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {visibleText(text.slice(0, SHOWN))}…
      </span>
      <span className="mt-2 flex flex-wrap items-center gap-3 rounded-control bg-caution-soft px-3 py-2 text-fine text-caution">
        {left.toLocaleString("en-US")} more characters are not shown here.
        <Button size="small" icon={<DownloadIcon />} onClick={() => saveFile("text.txt", text)}>
          Download all of it
        </Button>
      </span>
    </span>
  );
}
