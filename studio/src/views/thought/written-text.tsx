import type { ReactNode } from "react";
import { RichText } from "../../components/rich-text.tsx";
import { ScrollRegion } from "../scroll-region.tsx";

/** The answer as a writer put it for the reader, beside the thinking. */
export function WrittenText({ text }: { text: string }): ReactNode {
  return (
    <ScrollRegion label="Written" className="min-w-0 flex-1 border-l border-line bg-panel px-6 py-4">
      <h2 className="mb-2 text-fine font-medium text-muted">As the writer put it</h2>
      <div data-words className="max-w-[75ch] text-reading">
        <RichText text={text} />
      </div>
    </ScrollRegion>
  );
}
