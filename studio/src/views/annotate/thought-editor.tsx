import { type ReactNode, useEffect, useState } from "react";
import type { AnnotationRequest } from "sojourn/schemas/annotations-schema.ts";
import type { Thought } from "sojourn/thought";
import { Button } from "../../components/button.tsx";
import { Field, Select, TextArea, TextInput } from "../../components/field.tsx";
import { ScrollRegion } from "../scroll-region.tsx";
import { Augmentations } from "./augmentations.tsx";
import { keepDraft, keptDraft } from "./kept-draft.ts";
import { partColors } from "./part-colors.ts";
import {
  type DraftPart,
  draftOf,
  emptyDraft,
  finishedDraft,
  PART_KINDS,
  type ThoughtDraft,
  withLines,
  withPart,
  withPartBehind,
  withPartMoved,
} from "./thought-draft.ts";
import type { Annotation } from "./use-annotations.ts";
import { WrittenThoughts } from "./written-thoughts.tsx";

/**
 * Where a person writes a long thought about the question: part by part, each marked by what it does. What is not saved yet
 * is kept in this browser.
 */
export function ThoughtEditor({
  place,
  thought,
  author,
  question,
  annotations,
  onSay,
}: {
  /** The run and question, by which an unsaved draft is found again. */
  place: string;
  thought: Thought;
  author: string;
  question: string;
  annotations: readonly Annotation[];
  onSay: (annotation: AnnotationRequest) => void;
}): ReactNode {
  const [draft, setDraft] = useState(() => keptDraft(place) ?? emptyDraft());
  useEffect(() => keepDraft(place, draft), [place, draft]);
  const finished = finishedDraft(draft);
  const save = (): void => {
    if (finished === undefined || author === "") return;
    onSay({ type: "thought-written", question, author, ...finished, parts: [...finished.parts] });
    setDraft(emptyDraft());
  };
  return (
    <ScrollRegion
      label="Long thoughts that people wrote"
      className="flex w-full flex-col gap-4 border-line bg-panel p-5 max-lg:max-h-[55%] max-lg:shrink-0 max-lg:border-t lg:w-[30rem] lg:shrink-0 lg:border-l"
    >
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-semibold">Write a long thought</h2>
        <Button
          size="small"
          onClick={() => setDraft(draftOf(thought))}
          title="Every step that was tried, as parts to work on"
        >
          Begin from the model’s
        </Button>
      </div>
      <ol className="flex flex-col gap-3">
        {draft.parts.map((part, at) => (
          <Part
            // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name of its own; its text is controlled.
            key={at}
            part={part}
            at={at}
            count={draft.parts.length}
            draft={draft}
            onChange={setDraft}
          />
        ))}
      </ol>
      <div className="flex flex-wrap gap-1.5">
        {PART_KINDS.map(({ kind, label, hint }) => (
          <Button
            key={kind}
            size="small"
            title={hint}
            onClick={() => setDraft(withPartBehind(draft, draft.parts.length - 1, kind))}
          >
            + {label}
          </Button>
        ))}
      </div>
      <div className="flex items-end gap-3">
        <Field label="Answer it arrives at" className="flex-1">
          <TextInput
            value={draft.answer}
            onChange={(event) => setDraft({ ...draft, answer: event.target.value })}
          />
        </Field>
        <Button look="primary" disabled={finished === undefined || author === ""} onClick={save}>
          Save
        </Button>
      </div>
      {author === "" && <p className="text-fine text-caution">Say who you are, above, before you save.</p>}
      {finished !== undefined && (
        <Augmentations
          question={thought.question?.text ?? question}
          draft={finished}
          onAccept={(lines) => setDraft(withLines(draft, lines))}
        />
      )}
      <WrittenThoughts
        annotations={annotations}
        author={author}
        onEdit={({ thought: name, parts, answer }) => setDraft({ thought: name, parts, answer })}
        onTakeBack={(name) =>
          onSay({ type: "thought-written", question, author, thought: name, parts: [], answer: "" })
        }
      />
    </ScrollRegion>
  );
}

function Part({
  part,
  at,
  count,
  draft,
  onChange,
}: {
  part: DraftPart;
  at: number;
  count: number;
  draft: ThoughtDraft;
  onChange: (draft: ThoughtDraft) => void;
}): ReactNode {
  return (
    <li
      className="flex flex-col gap-1.5 rounded-r-control border-l-4 pl-3"
      style={{ borderColor: partColors[part.kind] }}
    >
      <div className="flex items-center gap-1">
        <span className="w-36">
          <Select
            aria-label={`What part ${at + 1} does`}
            value={part.kind}
            onChange={(event) => {
              const kind = PART_KINDS.find((one) => one.kind === event.target.value)?.kind;
              if (kind !== undefined) onChange(withPart(draft, at, { kind }));
            }}
          >
            {PART_KINDS.map(({ kind, label }) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </Select>
        </span>
        <span className="ml-auto flex">
          <Button
            size="small"
            look="quiet"
            aria-label="Up"
            disabled={at === 0}
            onClick={() => onChange(withPartMoved(draft, at, -1))}
          >
            ↑
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-label="Down"
            disabled={at === count - 1}
            onClick={() => onChange(withPartMoved(draft, at, 1))}
          >
            ↓
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-label="Remove"
            disabled={count === 1}
            onClick={() => onChange(withPartMoved(draft, at, 0))}
          >
            ✕
          </Button>
        </span>
      </div>
      <TextArea
        aria-label={`Part ${at + 1}`}
        placeholder={PART_KINDS.find(({ kind }) => kind === part.kind)?.hint}
        rows={Math.min(8, Math.max(2, Math.ceil(part.text.length / 56)))}
        value={part.text}
        onChange={(event) => onChange(withPart(draft, at, { text: event.target.value }))}
      />
    </li>
  );
}
