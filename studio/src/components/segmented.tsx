import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** One of a few choices, all in sight. */
export function Segmented<Choice extends string>({
  label,
  choices,
  chosen,
  onChoose,
}: {
  /** Read out, not shown. */
  label: string;
  choices: readonly { value: Choice; label: ReactNode; title?: string | undefined }[];
  chosen: Choice;
  onChoose: (choice: Choice) => void;
}): ReactNode {
  return (
    <fieldset className="inline-flex rounded-control bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {choices.map(({ value, label: text, title }) => (
        <button
          key={value}
          type="button"
          title={title}
          aria-label={title}
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
          className={classNames(
            "inline-flex h-7 items-center gap-1 rounded-[0.375rem] px-2.5 text-fine font-medium transition-colors",
            value === chosen ? "bg-raised text-ink shadow-low" : "text-muted hover:text-ink",
          )}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
