import type { ReactNode, Ref } from "react";
import { classNames } from "../components/class-names.ts";

/** A named part of a view that scrolls by itself, by keyboard too. */
export function ScrollRegion({
  label,
  className,
  children,
  ref,
}: {
  /** Read out, not shown. */
  label: string;
  className?: string | undefined;
  children: ReactNode;
  ref?: Ref<HTMLElement>;
}): ReactNode {
  return (
    <section
      ref={ref}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
      tabIndex={0}
      className={classNames("overflow-auto -outline-offset-2", className)}
    >
      {children}
    </section>
  );
}
