import { lazy, type ReactNode, Suspense } from "react";
import { classNames } from "./class-names.ts";
import { LongText } from "./long-text.tsx";
import { textParts, visibleText } from "./text-parts.ts";

const Formula = lazy(() => import("./formula.tsx").then((module) => ({ default: module.Formula })));

/** A longer text is shown in part, with a way to have all of it. */
const LONGEST = 20_000;

/**
 * A step, or anything else that a model wrote line by line: words exactly as they were written, and formulas set. Nothing
 * in it is ever taken for HTML or Markdown, a link or a control of the writing direction.
 */
export function StepText({ text, className }: { text: string; className?: string | undefined }): ReactNode {
  if (text.length > LONGEST) return <LongText text={text} />;
  return (
    <span dir="auto" className={classNames("whitespace-pre-wrap [overflow-wrap:anywhere]", className)}>
      {textParts(text).map((part, place) => {
        if (part.kind === "words") return visibleText(part.text);
        const { tex, display } = part;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and never move.
          <Suspense key={place} fallback={<code className="text-[0.9em]">{tex}</code>}>
            <Formula tex={tex} display={display} />
          </Suspense>
        );
      })}
    </span>
  );
}
