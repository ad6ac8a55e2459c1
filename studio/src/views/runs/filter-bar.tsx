import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useState } from "react";
import { optionsSchema } from "sojourn/schemas/ask-schema.ts";
import { MARKERS } from "sojourn/thought";
import { callApi } from "../../api/client.ts";
import { Field, Select, TextInput } from "../../components/field.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { FilterInput } from "./filter-input.tsx";
import { termValue, withTerm } from "./filter-terms.ts";

const verdicts = [
  { value: "", label: "All" },
  { value: "true", label: "✓ Right" },
  { value: "false", label: "✕ Wrong" },
  { value: "open", label: "Open" },
];

/** The usual questions as controls; each of them writes a term into the filter, which says everything and can be typed. */
export function FilterBar({
  filter,
  onChange,
}: {
  filter: string;
  onChange: (filter: string) => void;
}): ReactNode {
  const { data } = useQuery({
    queryKey: ["options"],
    queryFn: ({ signal }) => callApi("/api/options", { schema: optionsSchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const models = useId();
  const value = (key: string): string => termValue(filter, key) ?? "";
  const write = (key: string) => (next: string) => onChange(withTerm(filter, key, next));
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-2 border-b border-line bg-panel px-6 py-2.5">
      <Field label="Filter" className="min-w-72 flex-1">
        <FilterInput filter={filter} onChange={onChange} className="w-full" />
      </Field>
      <div className="flex flex-col gap-1">
        <span aria-hidden="true" className="text-fine font-medium text-muted">
          Verdict
        </span>
        <span className="flex h-9 items-center">
          <Segmented
            label="Verdict"
            choices={verdicts}
            chosen={value("correct")}
            onChoose={write("correct")}
          />
        </span>
      </div>
      <Field label="Keyword" className="w-32">
        <Select value={value("thought")} onChange={(event) => write("thought")(event.target.value)}>
          <option value="">any</option>
          {MARKERS.map((marker) => (
            <option key={marker}>{marker}</option>
          ))}
        </Select>
      </Field>
      <Field label="Strategy" className="w-36">
        <Select value={value("strategy")} onChange={(event) => write("strategy")(event.target.value)}>
          <option value="">any</option>
          {data?.strategies.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      <TermInput
        label="Model"
        placeholder="nano"
        list={models}
        className="w-36"
        value={value("model")}
        onChange={write("model")}
      />
      <datalist id={models}>
        {data?.models.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TermInput
        label="Tokens"
        placeholder=">2000"
        className="w-24"
        value={value("tokens")}
        onChange={write("tokens")}
      />
      <TermInput
        label="Reward"
        placeholder="<0.5"
        className="w-20"
        value={value("reward")}
        onChange={write("reward")}
      />
      <TermInput
        label="Level"
        placeholder="5"
        className="w-16"
        value={value("level")}
        onChange={write("level")}
      />
    </div>
  );
}

/** One term's value; takes effect with Enter, or when the field is left. */
function TermInput({
  label,
  value,
  onChange,
  className,
  ...rest
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className: string;
  placeholder: string;
  list?: string | undefined;
}): ReactNode {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = (): void => {
    if (typed.trim() !== value) onChange(typed.trim());
  };
  return (
    <Field label={label} className={className}>
      <TextInput
        {...rest}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </Field>
  );
}
