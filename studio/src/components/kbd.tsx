import type { ReactNode } from "react";

/** A key, or several pressed one after the other, as they are printed on the keyboard. */
export function Kbd({ keys }: { keys: string }): ReactNode {
  return (
    <span className="inline-flex gap-0.5">
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1 font-mono text-[0.6875rem] leading-none text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
