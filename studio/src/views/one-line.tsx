import type { ReactNode } from "react";
import { visibleText } from "../components/text-parts.ts";

/** The beginning of a model's text where one line of it has room: its writing direction stays inside, its controls are spelt out. */
export function OneLine({
  text,
  most = 200,
  className,
}: {
  text: string;
  /** Characters that are shown. */
  most?: number | undefined;
  className?: string | undefined;
}): ReactNode {
  const line = text.slice(0, most).replace(/\s+/g, " ").trim();
  return (
    <bdi className={className}>
      {visibleText(line)}
      {text.length > most && "…"}
    </bdi>
  );
}
