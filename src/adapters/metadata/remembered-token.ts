import type { Clock } from '../../ports/clock.js';
import type { MetadataReader } from '../../ports/metadata.js';

/** Far less than the 300 seconds that a token is good for: whoever gets it may go on asking for minutes. */
const keptMilliseconds = 60_000;

/**
 * A reader that asks for one token and hands it on for a minute. A refusal is not kept, nor is a token that the service no
 * longer takes (401).
 */
export function rememberToken(reader: MetadataReader, clock: Pick<Clock, 'now'>): MetadataReader {
  type Asked = { readonly answer: ReturnType<MetadataReader['token']>; readonly until: number };
  let kept: Asked | null = null;
  const current = (): Asked => {
    if (kept === null || clock.now() >= kept.until)
      kept = { answer: reader.token(), until: clock.now() + keptMilliseconds };
    return kept;
  };
  return {
    endpoint: reader.endpoint,
    async token() {
      const asked = current();
      const answer = await asked.answer;
      if ((answer.kind !== 'answer' || answer.status !== 200) && kept === asked) kept = null;
      return answer;
    },
    async get(path, token) {
      const answer = await reader.get(path, token);
      if (answer.kind === 'answer' && answer.status === 401) kept = null;
      return answer;
    },
  };
}
