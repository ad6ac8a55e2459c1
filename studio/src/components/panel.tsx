import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** A framed part of a view with a heading and, at its end, what can be done with it. */
export function Panel({
  title,
  actions,
  className,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}): ReactNode {
  return (
    <section className={classNames("rounded-panel border border-line bg-panel shadow-low", className)}>
      {(title !== undefined || actions !== undefined) && (
        <header className="flex min-h-11 items-center justify-between gap-3 border-b border-line px-4 py-1.5">
          <h2 className="truncate text-body font-semibold">{title}</h2>
          <div className="flex items-center gap-1.5">{actions}</div>
        </header>
      )}
      {children}
    </section>
  );
}

/** The head of a view: what it is, in one line, and what can be done in it. */
export function ViewHeader({
  title,
  note,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  children?: ReactNode;
}): ReactNode {
  return (
    <header className="flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line bg-panel px-6 py-2">
      <div className="flex min-w-0 items-baseline gap-3">
        <h1 className="truncate text-base font-semibold tracking-tight">{title}</h1>
        {note !== undefined && <div className="truncate text-fine text-muted">{note}</div>}
      </div>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </header>
  );
}
