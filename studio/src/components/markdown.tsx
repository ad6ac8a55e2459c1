import type { ReactNode } from "react";
import Markdown, { type Components } from "react-markdown";
import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";
import "katex/dist/katex.min.css";
import { formulaLimits } from "./formula.tsx";
import { visibleText } from "./text-parts.ts";

/** What stands in place of elements that would do something: go somewhere, or fetch something. */
const inert: Components = {
  a: ({ children, href }) => (
    <span title={href} className="underline decoration-dotted underline-offset-2">
      {children}
    </span>
  ),
  img: ({ alt }) => <span className="text-muted">[picture: {alt === "" ? "without a word" : alt}]</span>,
};

/** Markdown with formulas. Raw HTML in it is shown as text; links lead nowhere and pictures are not fetched. */
export function SafeMarkdown({ text }: { text: string }): ReactNode {
  return (
    <div dir="auto" className="prose-studio [overflow-wrap:anywhere]">
      <Markdown
        remarkPlugins={[[remarkMath, { singleDollarTextMath: false }]]}
        rehypePlugins={[[rehypeKatex, formulaLimits]]}
        components={inert}
      >
        {visibleText(dollars(text))}
      </Markdown>
    </div>
  );
}

/** `\(...\)` and `\[...\]` as remark-math knows them; a single `$` stays what it mostly is, a price. */
function dollars(text: string): string {
  return text
    .replace(/\\\[([\s\S]{1,2000}?)\\\]/g, (_, tex: string) => `$$${tex}$$`)
    .replace(/\\\(([\s\S]{1,2000}?)\\\)/g, (_, tex: string) => `$$${tex}$$`)
    .replace(
      /(?<![\\$\w])\$(?!\s)((?:[^$\\\n]|\\.){1,2000}?)(?<!\s)\$(?![\d$])/g,
      (_, tex: string) => `$$${tex}$$`,
    );
}
