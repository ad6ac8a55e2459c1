import type { ReactNode } from "react";
import { RichText } from "../../components/rich-text.tsx";
import { ScrollRegion } from "../scroll-region.tsx";

/** The text that a writer made of the thinking, beside the thinking itself. */
export function RefinedText({ text }: { text: string }): ReactNode {
  return (
    <ScrollRegion label="Refined" className="min-w-0 flex-1 border-l border-line bg-panel px-6 py-4">
      <h2 className="mb-2 text-fine font-medium text-muted">Refined</h2>
      <div data-words className="max-w-[75ch] text-reading">
        <RichText text={text} />
      </div>
    </ScrollRegion>
  );
}
