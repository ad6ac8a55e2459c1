import type { HTMLAttributes, ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { classNames } from "./class-names.ts";

/** A table whose head stays in sight; put it in a scrolling parent. */
export function Table({ className, children, ...rest }: HTMLAttributes<HTMLTableElement>): ReactNode {
  return (
    <table {...rest} className={classNames("w-full border-collapse text-body", className)}>
      {children}
    </table>
  );
}

/** A column's head. */
export function HeaderCell({
  className,
  children,
  ...rest
}: ThHTMLAttributes<HTMLTableCellElement>): ReactNode {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames(
        "sticky top-0 z-10 border-b border-line bg-panel px-3 py-2 text-left text-fine font-medium whitespace-nowrap text-muted",
        className,
      )}
    >
      {children}
    </th>
  );
}

/** A cell; `number` sets figures of one width to the right. */
export function Cell({
  number = false,
  className,
  children,
  ...rest
}: TdHTMLAttributes<HTMLTableCellElement> & { number?: boolean | undefined }): ReactNode {
  return (
    <td
      {...rest}
      className={classNames(
        "border-b border-line px-3 py-2 align-top",
        number && "text-right tabular-nums",
        className,
      )}
    >
      {children}
    </td>
  );
}
