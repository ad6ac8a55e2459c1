import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import type { Options } from "sojourn/schemas/ask-schema.ts";
import { Button } from "../../components/button.tsx";
import { Field, Select, TextArea, TextInput } from "../../components/field.tsx";
import { SlidersIcon } from "../../components/icons.tsx";
import { Kbd } from "../../components/kbd.tsx";
import type { Draft } from "./use-draft.ts";

/** Asks for a question and how it is to be thought about. */
export function Composer({
  options,
  draft,
  onChange,
  onAsk,
  asking,
  roomy,
}: {
  options: Options | undefined;
  draft: Draft;
  onChange: (change: Draft) => void;
  onAsk: () => void;
  /** True while the question is on its way to the server. */
  asking: boolean;
  /** A large field in the middle of the page, before anything was asked. */
  roomy: boolean;
}): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (roomy) field.current?.focus();
  }, [roomy]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAsk();
  };
  const strategy = options?.strategies.find(
    ({ name }) => name === (draft.strategy ?? options.defaults.strategy),
  );
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Question" hidden>
        <TextArea
          ref={field}
          data-search
          rows={roomy ? 3 : 1}
          value={draft.ask ?? ""}
          placeholder="Ask something that takes some thinking"
          onChange={(event) => onChange({ ask: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
            // The key then does nothing else, such as to leave the question that is watched.
            if (event.key === "Escape") {
              event.preventDefault();
              field.current?.blur();
            }
          }}
          className={
            roomy
              ? "!text-base leading-7 px-4 py-3 resize-none field-sizing-content max-h-64"
              : "resize-none field-sizing-content max-h-40"
          }
        />
      </Field>
      <div className="flex flex-wrap items-end gap-2.5">
        <Field label="Strategy" className="w-40">
          <Select
            value={draft.strategy ?? options?.defaults.strategy ?? ""}
            title={strategy?.description}
            onChange={(event) => onChange({ strategy: event.target.value })}
          >
            {options?.strategies.map(({ name, needsInstructions }) => (
              <option key={name} value={name}>
                {name}
                {needsInstructions ? " (not with nano)" : ""}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Effort" className="w-28">
          <Select
            value={draft.effort ?? options?.defaults.effort ?? ""}
            onChange={(event) => onChange({ effort: event.target.value })}
          >
            {options?.efforts.map((effort) => (
              <option key={effort}>{effort}</option>
            ))}
          </Select>
        </Field>
        <Field label="Model" className="w-44">
          <TextInput
            list="models"
            value={draft.model ?? options?.defaults.model ?? ""}
            onChange={(event) => onChange({ model: event.target.value })}
          />
        </Field>
        <datalist id="models">
          {options?.models.map(({ name, needs }) => (
            <option key={name} value={name}>
              {needs === undefined ? name : `${name} (set ${needs})`}
            </option>
          ))}
        </datalist>
        <details className="relative">
          <summary className="inline-flex h-9 cursor-pointer list-none items-center gap-1.5 rounded-control px-2.5 text-body font-medium text-muted hover:bg-hover hover:text-ink">
            <SlidersIcon /> More
          </summary>
          <div className="absolute left-0 z-20 mt-1 flex w-80 flex-col gap-3 rounded-panel border border-line bg-raised p-4 shadow-high">
            <Field label="System message">
              <TextArea
                rows={3}
                value={draft.system ?? ""}
                onChange={(event) => onChange({ system: event.target.value })}
              />
            </Field>
            <Field label="Checker" hint="Verifies answers by a rule, where the question has one.">
              <Select
                value={draft.checker ?? ""}
                onChange={(event) => onChange({ checker: event.target.value })}
              >
                <option value="">none</option>
                {options?.checkers.map((checker) => (
                  <option key={checker}>{checker}</option>
                ))}
              </Select>
            </Field>
          </div>
        </details>
        <div className="ml-auto flex items-center gap-3">
          <span className="hidden text-fine text-faint sm:inline">
            <Kbd keys="Enter" />
          </span>
          <Button type="submit" look="primary" disabled={asking || (draft.ask ?? "").trim() === ""}>
            {asking ? "Asking…" : "Think"}
          </Button>
        </div>
      </div>
      {roomy && strategy !== undefined && (
        <p className="text-fine text-muted">
          <span className="font-medium text-ink">{strategy.name}</span>: {strategy.description}.
        </p>
      )}
    </form>
  );
}
