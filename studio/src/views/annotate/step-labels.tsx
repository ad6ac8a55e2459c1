import type { ReactNode } from "react";
import { classNames } from "../../components/class-names.ts";
import type { Annotation } from "./use-annotations.ts";

/** A label that a person gives to a step, as in PRM800K. */
export type StepLabel = 1 | 0 | -1;

/** The labels, with the key that gives each. */
export const LABELS: readonly { label: StepLabel; key: string; sign: string; name: string; tone: string }[] =
  [
    { label: 1, key: "1", sign: "+1", name: "right", tone: "bg-right-soft text-(color:--right)" },
    { label: 0, key: "0", sign: "0", name: "neutral", tone: "bg-caution-soft text-caution" },
    { label: -1, key: "-", sign: "−1", name: "wrong", tone: "bg-wrong-soft text-wrong" },
  ];

/** The labels of one step: one's own to choose from, and those that others gave. */
export function StepLabels({
  node,
  author,
  annotations,
  onLabel,
}: {
  node: string;
  author: string;
  /** Those of the whole question. */
  annotations: readonly Annotation[];
  onLabel: (label: StepLabel | null) => void;
}): ReactNode {
  const labels = annotations.flatMap((one) =>
    one.type === "step-labelled" && one.node === node && one.label !== null ? [one] : [],
  );
  const own = labels.find((one) => one.author === author)?.label;
  return (
    <div className="flex shrink-0 items-center gap-1 self-start py-1 pr-4 max-md:ml-auto">
      {labels
        .filter((one) => one.author !== author)
        .map(({ author: other, label }) => {
          const shown = LABELS.find((one) => one.label === label);
          return (
            <span
              key={other}
              className={classNames("rounded-full px-2 text-fine", shown?.tone)}
              title={`${other}: ${shown?.name}`}
            >
              <bdi>{other.slice(0, 24)}</bdi> {shown?.sign}
            </span>
          );
        })}
      <fieldset className="ml-2 flex gap-0.5">
        <legend className="sr-only">Your label</legend>
        {LABELS.map(({ label, sign, name, tone, key }) => (
          <button
            key={label}
            type="button"
            tabIndex={-1}
            title={`${name} (${key})`}
            aria-label={`${sign} ${name}`}
            aria-pressed={own === label}
            onClick={(event) => {
              event.stopPropagation();
              onLabel(own === label ? null : label);
            }}
            className={classNames(
              "h-6 w-8 rounded-md font-mono text-[0.75rem] transition-colors",
              own === label ? `${tone} font-semibold` : "text-muted hover:bg-sunken hover:text-ink",
            )}
          >
            {sign}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
