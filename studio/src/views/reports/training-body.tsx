import { type ReactNode, useCallback } from "react";
import type { Curve, TrainingReply } from "sojourn/schemas/training-schema.ts";
import { Badge, type BadgeTone } from "../../components/badge.tsx";
import { Stat } from "../../components/stat.tsx";
import { shownCount, shownTime } from "../../thought/format.ts";
import { formatNumber } from "../format.ts";
import { PlotFigure } from "./plot-figure.tsx";
import { byStep } from "./report-plots.ts";
import { titleOfTraining } from "./training-title.ts";

const tones: Readonly<Record<TrainingReply["state"], BadgeTone>> = {
  ...{ running: "accent", finished: "right", stopped: "neutral", silent: "caution" },
};

/** One training: where it is, and the curves of all that it measures. */
export function TrainingBody({ training }: { training: TrainingReply }): ReactNode {
  const { state, step, steps, loss, pace, curves, at } = training;
  const { name, place } = titleOfTraining(training.training);
  const losses = curves.filter((curve) => curve.name.endsWith("loss"));
  const others = curves.filter((curve) => !curve.name.endsWith("loss"));
  return (
    <article className="mx-auto flex max-w-5xl flex-col gap-6 p-6">
      <header className="flex flex-col gap-1">
        <h2 className="flex items-center gap-3 text-xl font-semibold tracking-tight">
          {name} <Badge tone={tones[state]}>{state}</Badge>
        </h2>
        <p className="font-mono text-fine break-all text-muted">{place}</p>
        {state === "silent" && (
          <p className="mt-2 rounded-control bg-caution-soft px-3 py-2 text-fine text-caution">
            It has said nothing since {new Date(at).toLocaleString("en")} and may have been killed; the same
            command goes on with it.
          </p>
        )}
      </header>
      <div
        role="progressbar"
        aria-label="Steps done"
        aria-valuenow={step}
        aria-valuemax={steps ?? step}
        tabIndex={-1}
        className="h-1.5 w-full overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${(100 * step) / Math.max(1, steps ?? step)}%` }}
        />
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Stat label="Step">
          {step.toLocaleString("en")}
          {steps !== null && ` of ${steps.toLocaleString("en")}`}
        </Stat>
        <Stat label="Loss">{loss === null ? "–" : formatNumber(loss)}</Stat>
        {pace !== undefined && (
          <>
            <Stat label="Tokens">{shownCount(pace.tokens)}</Stat>
            <Stat label="Tokens a second">{shownCount(Math.round(pace.tokensPerSecond))}</Stat>
            <Stat label="Learning rate">{pace.learningRate.toExponential(1)}</Stat>
            <Stat label="Time">{shownTime(1000 * pace.elapsedSeconds)}</Stat>
            {state === "running" && <Stat label="Left">{shownTime(1000 * pace.remainingSeconds)}</Stat>}
          </>
        )}
      </dl>
      <CurveFigure caption="Loss by optimiser step" curves={losses} tall />
      {others.length > 0 && (
        <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
          {others.map((curve) => (
            <CurveFigure key={curve.name} caption={`${curve.name} by optimiser step`} curves={[curve]} />
          ))}
        </div>
      )}
    </article>
  );
}

/** Curves over the steps of a training, in one plot. */
export function CurveFigure({
  caption,
  curves,
  tall = false,
}: {
  caption: string;
  curves: readonly Curve[];
  tall?: boolean | undefined;
}): ReactNode {
  // A curve that has not grown is not drawn again.
  const stamp = JSON.stringify(curves);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says when the curves have changed.
  const specify = useCallback(() => byStep(curves, tall ? 300 : 200), [stamp, tall]);
  return <PlotFigure caption={caption} specify={specify} />;
}
