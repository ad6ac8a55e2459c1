import { type ReactNode, useEffect, useState } from "react";
import { classNames } from "../../components/class-names.ts";
import { TextInput } from "../../components/field.tsx";

/** The time in milliseconds after the last key after which a filter takes effect. */
const PAUSE_MS = 350;

/** Where a filter or a search is typed: takes effect a moment after the last key, and at once with Enter. */
export function FilterInput({
  filter,
  onChange,
  className,
  label = "Filter",
  placeholder = "correct:false strategy:mcts thought:wait",
  search = false,
}: {
  filter: string;
  onChange: (filter: string) => void;
  className?: string | undefined;
  label?: string | undefined;
  placeholder?: string | undefined;
  /** Words, not a filter: in the reading face, and where `/` leads. */
  search?: boolean | undefined;
}): ReactNode {
  const [typed, setTyped] = useState(filter);
  // What the address says counts, unless this very text has just been typed.
  useEffect(() => setTyped((now) => (now.trim() === filter ? now : filter)), [filter]);
  useEffect(() => {
    if (typed.trim() === filter) return;
    const timer = setTimeout(() => onChange(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <span className={classNames("block", className ?? "w-72")}>
      <TextInput
        data-search={search ? "" : undefined}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onChange(typed.trim());
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className={search ? undefined : "font-mono text-fine!"}
      />
    </span>
  );
}
