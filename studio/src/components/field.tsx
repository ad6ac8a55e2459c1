import type {
  ComponentProps,
  ReactNode,
  RefAttributes,
  SelectHTMLAttributes,
  TextareaHTMLAttributes,
} from "react";
import { classNames } from "./class-names.ts";

const control =
  "w-full rounded-control border border-line bg-raised text-ink shadow-low transition-colors placeholder:text-faint hover:border-line-strong focus-visible:border-accent focus-visible:outline-offset-0";

/** A labelled control; the label is read out with it and, where `hidden`, not shown. */
export function Field({
  label,
  hint,
  hidden = false,
  className,
  children,
}: {
  label: string;
  hint?: ReactNode;
  hidden?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className={classNames("flex flex-col gap-1", className)}>
      <span className={hidden ? "sr-only" : "text-fine font-medium text-muted"}>{label}</span>
      {children}
      {hint !== undefined && <span className="text-fine text-faint">{hint}</span>}
    </label>
  );
}

/** One line of text. */
export function TextInput({ className, ...rest }: ComponentProps<"input">): ReactNode {
  return <input {...rest} className={classNames(control, "h-9 px-3 text-body", className)} />;
}

/** Several lines of text. */
export function TextArea({
  className,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & RefAttributes<HTMLTextAreaElement>): ReactNode {
  return <textarea {...rest} className={classNames(control, "px-3 py-2 text-body", className)} />;
}

/** One of a list. */
export function Select({ className, children, ...rest }: SelectHTMLAttributes<HTMLSelectElement>): ReactNode {
  return (
    <select {...rest} className={classNames(control, "h-9 px-2.5 text-body", className)}>
      {children}
    </select>
  );
}
