import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useMemo, useState } from "react";
import { optionsSchema } from "sojourn/schemas/ask-schema.ts";
import { type AugmentRequest, augmentReplySchema } from "sojourn/schemas/augment-schema.ts";
import { callApi } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Field, TextInput } from "../../components/field.tsx";
import { ErrorNote } from "../../components/notes.tsx";
import { visibleText } from "../../components/text-parts.ts";
import { type Piece, pairSteps, wordPieces } from "../compare/step-diff.ts";
import type { ThoughtDraft } from "./thought-draft.ts";

const WAYS: readonly { way: AugmentRequest["way"]; label: string; hint: string }[] = [
  { way: "granularity", label: "Finer steps", hint: "Every step in smaller ones" },
  { way: "gradual", label: "Pauses", hint: "Pauses in which the thought looks back" },
  {
    way: "explorer",
    label: "Explorer’s voice",
    hint: "As a student who meets the problem for the first time",
  },
];

/**
 * The three ways in which a model makes more of a human-written thought (O1 Journey, part 1). What it wrote is set beside
 * what the person wrote, and takes its place only where the person says so.
 */
export function Augmentations({
  question,
  draft,
  onAccept,
}: {
  /** What was asked. */
  question: string;
  /** A draft that says something. */
  draft: ThoughtDraft;
  onAccept: (lines: readonly string[]) => void;
}): ReactNode {
  const models = useId();
  const [writer, setWriter] = useState("");
  const { data: options } = useQuery({
    queryKey: ["options"],
    queryFn: ({ signal }) => callApi("/api/options", { schema: optionsSchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const proposal = useMutation({
    mutationFn: (way: AugmentRequest["way"]) =>
      callApi("/api/augment", {
        schema: augmentReplySchema,
        body: {
          ...{ question, answer: draft.answer, parts: draft.parts, way },
          ...(writer.trim() === "" ? {} : { writer: writer.trim() }),
        },
      }),
  });
  return (
    <section aria-label="Make more of it" className="flex flex-col gap-2 border-t border-line pt-4">
      <h3 className="text-fine font-medium text-muted">Have a model make more of it</h3>
      <Field label="Writer" hidden>
        <TextInput
          list={models}
          placeholder="Writer, such as openai/gpt-5-mini"
          value={writer}
          onChange={(event) => setWriter(event.target.value)}
        />
      </Field>
      <datalist id={models}>
        {options?.models.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="flex flex-wrap gap-1.5">
        {WAYS.map(({ way, label, hint }) => (
          <Button
            key={way}
            size="small"
            title={hint}
            disabled={proposal.isPending}
            onClick={() => proposal.mutate(way)}
          >
            {proposal.isPending && proposal.variables === way ? "Writing…" : label}
          </Button>
        ))}
      </div>
      {proposal.error !== null && <ErrorNote error={proposal.error} />}
      {proposal.data !== undefined && (
        <Proposal
          before={draft.parts.map(({ text }) => text)}
          after={proposal.data.lines}
          onAccept={() => {
            onAccept(proposal.data.lines);
            proposal.reset();
          }}
          onDismiss={() => proposal.reset()}
        />
      )}
    </section>
  );
}

function Proposal({
  before,
  after,
  onAccept,
  onDismiss,
}: {
  before: readonly string[];
  after: readonly string[];
  onAccept: () => void;
  onDismiss: () => void;
}): ReactNode {
  const pairs = useMemo(() => pairSteps(before, after), [before, after]);
  return (
    <div className="flex flex-col gap-2">
      <ol
        aria-label="What would change"
        className="overflow-hidden rounded-control border border-line text-fine"
      >
        {pairs.map(({ left, right, same }, place) => {
          const words =
            same || left === undefined || right === undefined ? undefined : wordPieces(left, right);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: what is proposed does not move.
            <li key={place}>
              {!same && left !== undefined && <Line sign="−" text={left} pieces={words?.left} />}
              {right !== undefined && <Line sign={same ? "" : "+"} text={right} pieces={words?.right} />}
            </li>
          );
        })}
      </ol>
      <div className="flex justify-end gap-2">
        <Button size="small" look="quiet" onClick={onDismiss}>
          Dismiss
        </Button>
        <Button size="small" look="primary" onClick={onAccept}>
          Accept
        </Button>
      </div>
    </div>
  );
}

function Line({
  sign,
  text,
  pieces = [{ text, same: true }],
}: {
  sign: "−" | "+" | "";
  text: string;
  pieces?: readonly Piece[] | undefined;
}): ReactNode {
  const tone = sign === "−" ? "bg-wrong-soft" : sign === "+" ? "bg-right-soft" : "text-muted";
  return (
    <div dir="auto" className={classNames("flex gap-2 px-3 py-1 break-words whitespace-pre-wrap", tone)}>
      <span className="w-2 shrink-0 font-mono text-muted">{sign}</span>
      <span className="min-w-0">
        {pieces.map((piece, place) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move.
            key={place}
            className={piece.same ? undefined : "font-semibold underline decoration-1 underline-offset-2"}
          >
            {visibleText(piece.text)}
          </span>
        ))}
      </span>
    </div>
  );
}
