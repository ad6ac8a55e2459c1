import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useMemo, useRef } from "react";
import { TextInput } from "../../components/field.tsx";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { ViewHeader } from "../../components/panel.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import type { LiveQuestion } from "../../thought/live-question.ts";
import { useQuestion } from "../../thought/use-question.ts";
import { OneLine } from "../one-line.tsx";
import { ThoughtList } from "../thought/thought-list.tsx";
import { rowOfNode, thoughtRows } from "../thought/thought-rows.ts";
import type { AnnotateSearch } from "./annotate-search.ts";
import { AnnotatedList } from "./annotated-list.tsx";
import { keepAuthor, useAuthor } from "./author.ts";
import { LABELS, type StepLabel, StepLabels } from "./step-labels.tsx";
import { ThoughtEditor } from "./thought-editor.tsx";
import { useAnnotations } from "./use-annotations.ts";

/** People's own words on a thought: a label for each step, and long thoughts of their own. Models' scores stay as they are. */
export function AnnotateView(): ReactNode {
  const search = useSearch({ from: "/annotate" });
  const navigate = useNavigate({ from: "/annotate" });
  const change = (changes: Partial<AnnotateSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  return search.pane === "all" ? (
    <>
      <Head search={search} change={change} title="Annotate" />
      <AnnotatedList />
    </>
  ) : (
    <OneQuestion search={search} change={change} />
  );
}

interface Place {
  search: AnnotateSearch;
  change: (changes: Partial<AnnotateSearch>) => void;
}

function OneQuestion({ search, change }: Place): ReactNode {
  const live = useQuestion(search.run ?? "latest", search.question);
  if (live.error !== undefined)
    return (
      <>
        <Head search={search} change={change} title="Annotate" />
        <div className="p-4">
          <ErrorNote error={live.error} />
        </div>
      </>
    );
  if (live.thought.question === undefined && live.connection !== "ended") return <Loading what="Reading" />;
  return <Annotating live={live} search={search} change={change} />;
}

function Annotating({ live, search, change }: Place & { live: LiveQuestion }): ReactNode {
  const { thought, run, question = "", version } = live;
  const author = useAuthor();
  const nameField = useRef<HTMLInputElement>(null);
  const { annotations, error, say } = useAnnotations(run, question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the thought grows in place, and the version says when.
  const rows = useMemo(() => thoughtRows(thought, "all"), [thought, version]);
  const { node } = search;
  const steps = useMemo(() => rows.flatMap((row) => (row.kind === "step" ? row.node.id : [])), [rows]);
  const at = node === undefined ? -1 : steps.indexOf(node);
  const goTo = (place: number): void => {
    const there = steps[Math.min(steps.length - 1, Math.max(0, place))];
    if (there !== undefined) change({ node: there });
  };
  const label = (step: string, value: StepLabel | null): void => {
    if (author === "") nameField.current?.focus();
    else say({ type: "step-labelled", question, author, node: step, label: value });
  };
  useShortcuts([
    { keys: "j", label: "Next step", group: "Annotate", run: () => goTo(at + 1) },
    { keys: "k", label: "Step before", group: "Annotate", run: () => goTo(at - 1) },
    ...LABELS.map(({ key, name, label: value }) => ({
      keys: key,
      label: `This step is ${name}, and on to the next`,
      group: "Annotate",
      run: () => {
        if (node === undefined || at < 0) return goTo(0);
        label(node, value);
        if (author !== "") goTo(at + 1);
      },
    })),
    {
      keys: "Backspace",
      label: "Take the label back",
      group: "Annotate",
      run: () => {
        if (node !== undefined) label(node, null);
      },
    },
    {
      keys: "w",
      label: "Write a long thought",
      group: "Annotate",
      run: () => change({ pane: search.pane === "write" ? undefined : "write" }),
    },
  ]);
  const labelled = new Set(
    annotations.flatMap((one) => (one.type === "step-labelled" && one.author === author ? one.node : [])),
  );
  return (
    <>
      <Head
        search={search}
        change={change}
        title={<OneLine text={thought.question?.text ?? "Annotate"} most={120} />}
        note={`${labelled.size} of ${steps.length} steps labelled`}
      >
        <span className="w-44">
          <TextInput
            ref={nameField}
            aria-label="Who annotates"
            placeholder="Your name"
            maxLength={100}
            value={author}
            onChange={(event) => keepAuthor(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
            }}
          />
        </span>
      </Head>
      {error !== null && (
        <div className="px-4 py-2">
          <ErrorNote error={error} />
        </div>
      )}
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        {rows.length === 0 ? (
          <div className="flex-1">
            <EmptyState title="No step to label" />
          </div>
        ) : (
          <ThoughtList
            thought={thought}
            rows={rows}
            hits={[]}
            pattern={undefined}
            cursor={node === undefined ? -1 : rowOfNode(rows, node)}
            quiet={false}
            onCursor={(next) => change({ node: next })}
            beside={(row) => (
              <StepLabels
                node={row.node.id}
                author={author}
                annotations={annotations}
                onLabel={(value) => label(row.node.id, value)}
              />
            )}
          />
        )}
        {search.pane === "write" && (
          <ThoughtEditor
            key={`${run}/${question}`}
            place={`${run}/${question}`}
            thought={thought}
            author={author}
            question={question}
            annotations={annotations}
            onSay={say}
          />
        )}
      </div>
    </>
  );
}

function Head({
  search,
  change,
  title,
  note,
  children,
}: Place & { title: ReactNode; note?: string; children?: ReactNode }): ReactNode {
  return (
    <ViewHeader title={title} note={note}>
      {children}
      <Segmented
        label="What is annotated"
        choices={[
          { value: "labels", label: "Label" },
          { value: "write", label: "Write" },
          { value: "all", label: "All annotated" },
        ]}
        chosen={search.pane ?? "labels"}
        onChoose={(pane) => change({ pane: pane === "labels" ? undefined : pane })}
      />
    </ViewHeader>
  );
}
