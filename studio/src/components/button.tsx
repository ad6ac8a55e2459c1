import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** How much a button asks for attention. */
export type ButtonLook = "primary" | "plain" | "quiet" | "danger";

/** What a button is given beside the usual attributes. */
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Default `plain`. */
  look?: ButtonLook | undefined;
  size?: "small" | "normal" | undefined;
  icon?: ReactNode;
}

const looks: Readonly<Record<ButtonLook, string>> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover shadow-low",
  plain: "border border-line bg-raised text-ink hover:border-line-strong hover:bg-hover shadow-low",
  quiet: "text-muted hover:bg-hover hover:text-ink",
  danger: "border border-line bg-raised text-wrong hover:bg-wrong-soft shadow-low",
};

/** A button: `primary` for the one thing a view is for, `quiet` for what stands in rows. */
export function Button({
  look = "plain",
  size = "normal",
  icon,
  className,
  children,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control font-medium whitespace-nowrap transition-colors disabled:opacity-50",
        size === "small" ? "h-7 px-2 text-fine" : "h-9 px-3.5 text-body",
        children === undefined && (size === "small" ? "w-7 px-0" : "w-9 px-0"),
        looks[look],
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}
