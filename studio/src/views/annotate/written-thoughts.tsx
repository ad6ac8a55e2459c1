import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { StepText } from "../../components/step-text.tsx";
import { formatMoment } from "../format.ts";
import { partColors } from "./part-colors.ts";
import { PART_KINDS } from "./thought-draft.ts";
import type { Annotation } from "./use-annotations.ts";

type Written = Annotation & { type: "thought-written" };

/** The long thoughts that people wrote about this question, the newest first. */
export function WrittenThoughts({
  annotations,
  author,
  onEdit,
  onTakeBack,
}: {
  annotations: readonly Annotation[];
  author: string;
  onEdit: (written: Written) => void;
  onTakeBack: (thought: string) => void;
}): ReactNode {
  const written = annotations.filter((one) => one.type === "thought-written").reverse();
  if (written.length === 0) return null;
  return (
    <section aria-label="Written thoughts" className="flex flex-col gap-3 border-t border-line pt-4">
      <h3 className="text-fine font-medium text-muted">Written so far</h3>
      {written.map((one) => (
        <article key={`${one.author} ${one.thought}`} className="rounded-panel border border-line p-3">
          <header className="mb-2 flex items-center justify-between gap-2">
            <span className="min-w-0 truncate text-fine text-muted">
              <bdi className="font-medium text-ink">{one.author}</bdi> · {formatMoment(one.at)}
            </span>
            {one.author === author && (
              <span className="flex">
                <Button size="small" look="quiet" onClick={() => onEdit(one)}>
                  Edit
                </Button>
                <Button size="small" look="quiet" onClick={() => onTakeBack(one.thought)}>
                  Take back
                </Button>
              </span>
            )}
          </header>
          <ol className="flex flex-col gap-1.5">
            {one.parts.map((part, at) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: what is written does not move.
                key={at}
                className="border-l-2 pl-2.5"
                style={{ borderColor: partColors[part.kind] }}
              >
                <span className="block text-[0.6875rem] leading-4 text-muted">
                  {PART_KINDS.find(({ kind }) => kind === part.kind)?.label}
                </span>
                <StepText text={part.text} />
              </li>
            ))}
          </ol>
          <p className="mt-2 font-medium">
            = <StepText text={one.answer} />
          </p>
        </article>
      ))}
    </section>
  );
}
