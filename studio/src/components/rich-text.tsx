import { lazy, type ReactNode, Suspense } from "react";
import { LongText } from "./long-text.tsx";
import { StepText } from "./step-text.tsx";
import { isTooDeep } from "./text-parts.ts";

const Markdown = lazy(() => import("./markdown.tsx").then((module) => ({ default: module.SafeMarkdown })));

/** A longer text is shown in part, with a way to have all of it. */
const LONGEST = 20_000;

/** An answer or a summary, which models write in Markdown: shown as they meant it, and as inert as a step. */
export function RichText({ text }: { text: string }): ReactNode {
  if (text.length > LONGEST) return <LongText text={text} />;
  if (isTooDeep(text)) return <StepText text={text} />;
  return (
    <Suspense fallback={<StepText text={text} />}>
      <Markdown text={text} />
    </Suspense>
  );
}
