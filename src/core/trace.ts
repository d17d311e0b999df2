/** What took time: a step of the run, a wait in it, a call over the network, a child process. */
export type SpanKind = 'step' | 'wait' | 'call' | 'process';

/** A stretch of time of a run; milliseconds since the epoch. Its name holds no id and no secret. */
export interface Span {
  readonly kind: SpanKind;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Whether it ended with an error. */
  readonly failed: boolean;
}

/** What collects the spans of a run. */
export interface Trace {
  /** Something begins; what comes back ends it. */
  begin(kind: SpanKind, name: string): (failed?: boolean) => void;
  /** Something that is over. */
  add(span: Span): void;
  /** All spans, the earliest first; what goes on still ends now. */
  spans(): readonly Span[];
}

/** An empty trace. `now` gives milliseconds since the epoch, `clean` takes out of a name what nobody else should see. */
export function makeTrace(now: () => number, clean: (name: string) => string): Trace {
  const over: Span[] = [];
  const open = new Map<symbol, Pick<Span, 'kind' | 'name' | 'start'>>();
  return {
    begin(kind, name) {
      const key = Symbol(kind);
      open.set(key, { kind, name: clean(name), start: now() });
      return (failed = false) => {
        const begun = open.get(key);
        if (begun !== undefined && open.delete(key)) over.push({ ...begun, end: now(), failed });
      };
    },
    add: (span) => void over.push({ ...span, name: clean(span.name) }),
    spans() {
      const still = [...open.values()].map((begun) => ({ ...begun, end: now(), failed: false }));
      return [...over, ...still].toSorted((a, b) => a.start - b.start || b.end - a.end);
    },
  };
}
