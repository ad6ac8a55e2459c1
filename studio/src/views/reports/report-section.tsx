import type { ReactNode } from "react";
import type { ReportSection } from "sojourn/schemas/report-schema.ts";
import { classNames } from "../../components/class-names.ts";
import { Panel } from "../../components/panel.tsx";
import { Cell, Table } from "../../components/table.tsx";
import { visibleText } from "../../components/text-parts.ts";
import { OneLine } from "../one-line.tsx";
import { ScrollRegion } from "../scroll-region.tsx";

/** More rows of a table, or lines, are in the report's own files. */
const MOST_ROWS = 200;
/** A figure with its interval is not broken into lines. */
const SHORT = 28;

/** One part of a report: a paragraph, a table, lines as they stand, each where there is one. */
export function Section({ section: { title, text, table, lines } }: { section: ReportSection }): ReactNode {
  return (
    <Panel title={title}>
      {text !== undefined && <p className="px-4 pt-3 text-fine text-muted">{visibleText(text)}</p>}
      {table !== undefined && (
        <ScrollRegion label={title} className="overflow-x-auto">
          <Table>
            {table.header.some((cell) => cell !== "") && (
              <thead>
                <tr>
                  {table.header.map((cell, place) => (
                    <th
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
                      key={place}
                      scope="col"
                      className="border-b border-line px-4 py-2 text-left text-fine font-medium whitespace-nowrap text-muted"
                    >
                      {cell}
                    </th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>
              {table.rows.slice(0, MOST_ROWS).map((row, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows never move.
                <tr key={place} className="last:*:border-b-0">
                  {row.map((cell, column) => (
                    <Cell
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
                      key={column}
                      className={classNames("px-4 tabular-nums", cell.length <= SHORT && "whitespace-nowrap")}
                    >
                      <OneLine text={cell} most={400} />
                    </Cell>
                  ))}
                </tr>
              ))}
            </tbody>
          </Table>
        </ScrollRegion>
      )}
      {lines !== undefined && (
        <pre className="overflow-x-auto px-4 py-3 font-mono text-fine">
          {visibleText(lines.slice(0, MOST_ROWS).join("\n"))}
        </pre>
      )}
    </Panel>
  );
}
