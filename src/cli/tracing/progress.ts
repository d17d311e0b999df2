import type { Trace } from '../../core/trace.js';
import type { Progress, Waiting } from '../../ports/progress.js';

/** A step, and what it waits for in turn. */
function watchWaits(
  trace: Trace,
  title: string,
): { readonly waiting: Waiting; readonly end: (failed?: boolean) => void } {
  const end = trace.begin('step', title);
  let endWait = (): void => undefined;
  return {
    waiting(what) {
      endWait();
      endWait = trace.begin('wait', what);
    },
    end(failed) {
      endWait();
      end(failed);
    },
  };
}

/** What a person is told, with each step and each wait in the trace. */
export function watchProgress<Told extends Progress>(progress: Told, trace: Trace): Told {
  const both =
    (one: Waiting, other: Waiting): Waiting =>
    (what, atMostSeconds) => {
      one(what, atMostSeconds);
      other(what, atMostSeconds);
    };
  const watched: Pick<Progress, 'begin' | 'during'> = {
    begin(title) {
      const line = progress.begin(title);
      const { waiting, end } = watchWaits(trace, title);
      return {
        waiting: both(waiting, line.waiting),
        done(symbol, text) {
          end(symbol === '!');
          line.done(symbol, text);
        },
      };
    },
    async during(what, work) {
      const { waiting, end } = watchWaits(trace, what);
      try {
        return await progress.during(what, async (told) => work(both(waiting, told)));
      } finally {
        end();
      }
    },
  };
  return new Proxy(progress, {
    get(target, key): unknown {
      const member: unknown = Reflect.get(key in watched ? watched : target, key);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
