import type { ReactNode } from "react";
import { classNames } from "../../components/class-names.ts";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import { formatMoment } from "../format.ts";
import { ScrollRegion } from "../scroll-region.tsx";

/** One thing that can be reported on, as it stands in the list. */
export interface Reported {
  id: string;
  title: ReactNode;
  /** What one looks for first, such as its accuracy. */
  figure: ReactNode;
  note: ReactNode;
  /** Milliseconds since the epoch. */
  at: number;
}

/** What can be reported on in a list, and the report of the one that is chosen beside it. */
export function ReportBrowser({
  label,
  rows,
  shown,
  onShow,
  overview,
  children,
}: {
  /** What the list is of. */
  label: string;
  rows: readonly Reported[];
  /** The id of the one that is shown. */
  shown: string;
  onShow: (id: string) => void;
  /** What stands above the list. */
  overview?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const at = rows.findIndex(({ id }) => id === shown);
  const goTo = (place: number): void => {
    const there = rows[Math.min(rows.length - 1, Math.max(0, place))];
    if (there !== undefined) onShow(there.id);
  };
  useShortcuts([
    { keys: "j", label: "Next report", group: "Reports", run: () => goTo(at + 1) },
    { keys: "k", label: "Report before", group: "Reports", run: () => goTo(at - 1) },
  ]);
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <div className="flex max-h-[40%] min-h-0 flex-col border-line bg-panel max-lg:border-b lg:max-h-none lg:w-[24rem] lg:shrink-0 lg:border-r">
        {overview !== undefined && <div className="border-b border-line p-4 max-lg:hidden">{overview}</div>}
        <ScrollRegion label={label} className="min-h-0 flex-1">
          <ul>
            {rows.map(({ id, title, figure, note, at: when }, place) => (
              <li key={id}>
                <button
                  type="button"
                  aria-current={id === shown}
                  onClick={() => goTo(place)}
                  className={classNames(
                    "flex w-full flex-col gap-0.5 border-b border-line px-4 py-2.5 text-left hover:bg-hover",
                    id === shown && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft",
                  )}
                >
                  <span className="flex w-full justify-between gap-3">
                    <bdi className="truncate font-medium">{title}</bdi>
                    <span className="shrink-0 font-semibold tabular-nums">{figure}</span>
                  </span>
                  <span className="flex w-full justify-between gap-3 text-fine text-muted tabular-nums">
                    <bdi className="truncate">{note}</bdi>
                    <span className="shrink-0">{formatMoment(when)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </ScrollRegion>
      </div>
      <ScrollRegion label="Report" className="min-h-0 min-w-0 flex-1">
        {children}
      </ScrollRegion>
    </div>
  );
}
