import type { ErrorDetails } from '../../core/errors.js';
import type { Report } from '../../core/report.js';
import type { HumanOptions } from './error-text.js';
import { errorText } from './error-text.js';
import { countText, headText, lastText, nextText } from './human.js';
import type { Streams } from './streams.js';
import { tameReport } from './tame-report.js';
import { changesText, findingsText } from './tables.js';
import { fold } from './fold.js';

/** How a report is shown. */
export interface ReporterOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly home: string | null;
  /** Ids are shortened, so that the output can be posted. */
  readonly shareable: boolean;
}

/** Shows what a command found and did: the result on standard output, an error on standard error. */
export interface Reporter {
  /** Shows a plan before the question; never on standard output. */
  preview(report: Report): void;
  /** Shows the end of a run, once: what comes after it is not shown. Throws OUTPUT_UNWRITABLE. `closing` is a last sentence about the whole, e.g. `Nothing was changed.`; `undo` the command that takes it back. */
  finish(report: Report, closing: string, undo?: string | null): Promise<void>;
  /** Shows nothing from now on: what a run that was ended from outside makes of its end is no result. */
  end(): void;
}

function tables(report: Report, options: HumanOptions, withHead: boolean): readonly string[] {
  const head = headText(report, options);
  return [
    ...(withHead && head !== '' ? [head] : []),
    ...(report.changes.length > 0 ? [changesText(report.changes, options)] : []),
    ...(report.checks.length > 0 ? [findingsText(report.checks, options, report.error?.code)] : []),
  ];
}

function humanReport(
  report: Report,
  closing: string,
  undo: string | null,
  options: HumanOptions,
  withChanges: boolean,
): string {
  const shown = withChanges ? report : { ...report, changes: [] };
  const count = report.changes.length === 0 ? '' : `${countText(report.changes)} `;
  const last = [...fold(`${count}${closing}`.trim(), options.columns), ...lastText(report, undo, options)];
  return [...tables(shown, options, withChanges), last.join('\n')].filter((part) => part !== '').join('\n\n');
}

function errorLines(error: ErrorDetails | undefined, options: HumanOptions): string {
  return error === undefined ? '' : `${errorText(error, options)}\n`;
}

/** A reporter over the process's streams. */
export function makeReporter(streams: Streams, { json, quiet, home, shareable }: ReporterOptions): Reporter {
  const aside = (): HumanOptions => ({
    paint: streams.paintAside,
    home,
    shareable,
    columns: streams.asideColumns(),
  });
  let [previewed, finished] = [false, false];
  const show = async (report: Report, closing: string, undo: string | null): Promise<void> => {
    if (json) {
      await streams.result(`${JSON.stringify(report, null, 2)}\n`);
      streams.aside(errorLines(report.error, aside()));
      return;
    }
    const options = { paint: streams.paintResult, home, shareable, columns: streams.resultColumns() };
    await streams.result(`${humanReport(report, closing, undo, options, !previewed)}\n`);
    streams.aside(errorLines(report.error, aside()));
    if (report.next.length > 0 && !quiet)
      await streams.result(`${nextText(report.next, streams.paintResult)}\n`);
  };
  return {
    preview(plan) {
      if (json || quiet || finished) return;
      previewed = true;
      const report = tameReport(plan);
      streams.aside(`${tables(report, aside(), true).join('\n\n')}\n\n${countText(report.changes)}\n`);
    },
    async finish(outcome, closing, undo = null) {
      if (finished) return;
      finished = true;
      try {
        await show(tameReport(outcome), closing, undo);
      } catch (error) {
        // Nobody has seen it: what is told of this is the end.
        finished = false;
        throw error;
      }
    },
    end() {
      finished = true;
    },
  };
}
