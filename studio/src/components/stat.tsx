import type { ReactNode } from "react";

/** A figure under its name; use inside a `dl`. */
export function Stat({
  label,
  children,
  title,
}: {
  label: string;
  children: ReactNode;
  title?: string | undefined;
}): ReactNode {
  return (
    <div title={title} className="flex flex-col">
      <dt className="text-fine text-muted">{label}</dt>
      <dd className="text-body font-semibold tabular-nums">{children}</dd>
    </div>
  );
}
