import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** What a view says where there is nothing to show, and what to do about it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}): ReactNode {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-16 text-center">
      <svg
        width="72"
        height="48"
        viewBox="0 0 72 48"
        fill="none"
        aria-hidden="true"
        className="text-line-strong"
      >
        <path
          d="M36 6v10m0 0c0 12-22 6-22 20m22-20v20m0-20c0 12 22 6 22 20"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <circle cx="36" cy="6" r="4" fill="currentColor" />
        <circle cx="14" cy="40" r="4" stroke="currentColor" strokeWidth="1.5" />
        <circle cx="36" cy="40" r="4" fill="var(--accent)" />
        <circle cx="58" cy="40" r="4" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <h2 className="text-base font-semibold">{title}</h2>
      {children !== undefined && <div className="text-body text-muted">{children}</div>}
      {action}
    </div>
  );
}

/** One line about what went wrong, and a way to try again. */
export function ErrorNote({ error, retry }: { error: unknown; retry?: (() => void) | undefined }): ReactNode {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div
      role="alert"
      className="flex items-start justify-between gap-4 rounded-control bg-wrong-soft px-4 py-3 text-body text-wrong"
    >
      <span className="break-words">{message}</span>
      {retry !== undefined && (
        <Button size="small" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Says that something is under way. */
export function Loading({ what = "Loading" }: { what?: string | undefined }): ReactNode {
  return (
    <output className="flex items-center justify-center gap-2 px-6 py-16 text-body text-muted">
      <span
        aria-hidden="true"
        className="size-3.5 animate-spin rounded-full border-2 border-line-strong border-t-accent"
      />
      {what}…
    </output>
  );
}
