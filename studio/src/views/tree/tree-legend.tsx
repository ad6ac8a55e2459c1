import type { ReactNode } from "react";

/** What colours and shapes of a tree mean. */
export function TreeLegend(): ReactNode {
  return (
    <div className="pointer-events-none absolute bottom-3 left-3 mr-16 hidden flex-wrap items-center gap-x-4 gap-y-1 rounded-control border border-line bg-raised/90 px-3 py-1.5 text-fine text-muted shadow-low sm:flex">
      <span className="flex items-center gap-1.5">
        reward 0
        <span
          aria-hidden="true"
          className="h-2 w-20 rounded-full"
          style={{
            background:
              "linear-gradient(to right in oklab, var(--reward-low), var(--reward-middle), var(--reward-high))",
          }}
        />
        1
      </span>
      <Sign label="answer">
        <circle cx="7" cy="7" r="4.2" fill="none" stroke="currentColor" strokeWidth="2.4" />
      </Sign>
      <Sign label="right">
        <rect x="1.5" y="1.5" width="11" height="11" rx="2.5" fill="var(--reward-high)" />
        <path d="M4.3 7.2l1.9 1.9 3.4-4" fill="none" stroke="var(--panel)" strokeWidth="1.6" />
      </Sign>
      <Sign label="wrong">
        <path d="M7 0.5L13.5 7 7 13.5 0.5 7z" fill="var(--reward-low)" />
        <path d="M5 5l4 4M9 5L5 9" stroke="var(--panel)" strokeWidth="1.5" />
      </Sign>
      <Sign label="given up">
        <circle cx="7" cy="7" r="5" fill="currentColor" opacity="0.3" />
      </Sign>
    </div>
  );
}

function Sign({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <span className="flex items-center gap-1.5">
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {children}
      </svg>
      {label}
    </span>
  );
}
