import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** What a badge says by its colour. */
export type BadgeTone = "neutral" | "accent" | "right" | "wrong" | "caution";

const tones: Readonly<Record<BadgeTone, string>> = {
  neutral: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent-ink",
  right: "bg-right-soft text-correct",
  wrong: "bg-wrong-soft text-wrong",
  caution: "bg-caution-soft text-caution",
};

/** A short word about something: a state, a strategy, a verdict. */
export function Badge({
  tone = "neutral",
  className,
  title,
  children,
}: {
  tone?: BadgeTone | undefined;
  className?: string | undefined;
  title?: string | undefined;
  children: ReactNode;
}): ReactNode {
  return (
    <span
      title={title}
      className={classNames(
        "inline-flex items-center gap-1 rounded-full px-2 py-px text-fine font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** Right, wrong, or not graded: always a word and a sign, never a colour alone. */
export function VerdictBadge({ correct }: { correct: boolean | undefined | null }): ReactNode {
  if (correct === undefined || correct === null) return <Badge>open</Badge>;
  return correct ? <Badge tone="right">✓ right</Badge> : <Badge tone="wrong">✕ wrong</Badge>;
}
