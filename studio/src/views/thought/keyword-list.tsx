import { type ReactNode, useMemo } from "react";
import { analyzeStructure, MARKERS, type Marker } from "sojourn/thought";
import { classNames } from "../../components/class-names.ts";
import { type ThoughtRow, textOf } from "./thought-rows.ts";

/** How long the thought is, and how often each marker stands in it; pressing one highlights it. */
export function KeywordList({
  rows,
  chosen,
  onChange,
}: {
  rows: readonly ThoughtRow[];
  /** The markers that are highlighted. */
  chosen: readonly string[];
  onChange: (markers: readonly Marker[]) => void;
}): ReactNode {
  const form = useMemo(() => analyzeStructure(rows.map(textOf).join("\n")), [rows]);
  const most = Math.max(1, ...Object.values(form.markers));
  return (
    <section aria-label="Words">
      <h2 className="text-fine font-medium text-muted">Words</h2>
      <p className="mt-0.5 mb-2 text-fine text-faint tabular-nums">
        {form.lines.toLocaleString("en")} lines, {form.words.toLocaleString("en")} words,{" "}
        {form.wordsPerLine.toFixed(1)} a line
      </p>
      <ul className="flex flex-col">
        {MARKERS.filter((marker) => form.markers[marker] > 0 || chosen.includes(marker)).map((marker) => {
          const on = chosen.includes(marker);
          const next = MARKERS.filter((one) => (one === marker ? !on : chosen.includes(one)));
          return (
            <li key={marker}>
              <button
                type="button"
                aria-pressed={on}
                onClick={() => onChange(next)}
                className={classNames(
                  "flex h-7 w-full items-center gap-2 rounded-control px-2 text-fine transition-colors hover:bg-hover",
                  on && "bg-accent-soft font-medium text-accent-ink hover:bg-accent-soft",
                )}
              >
                <span className="w-20 text-left">{marker}</span>
                <span aria-hidden="true" className="h-1 flex-1 overflow-hidden rounded-full bg-sunken">
                  <span
                    className="block h-full rounded-full bg-accent"
                    style={{ width: `${(100 * form.markers[marker]) / most}%` }}
                  />
                </span>
                <span className="w-8 text-end tabular-nums">{form.markers[marker]}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
