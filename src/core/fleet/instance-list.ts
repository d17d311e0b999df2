import type { SetupError } from '../errors.js';
import { usageError } from '../errors.js';

const idForm = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/u;

function bad(where: string, value: string): SetupError {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return usageError(
    'BAD_INSTANCE_LIST',
    `${where}: ${JSON.stringify(shown)} is no instance id`,
    'an instance id is i- and 17 (older ones 8) hexadecimal digits',
    'one id a line, for example i-0abc1234def567890; # begins a comment; or a JSON array of ids',
  );
}

function fromJson(name: string, text: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw usageError(
      'BAD_INSTANCE_LIST',
      `${name} begins like JSON and is none`,
      error instanceof Error ? error.message : 'it cannot be parsed',
      'a JSON array of ids, for example ["i-0abc1234def567890"], or one id a line',
    );
  }
  return (Array.isArray(value) ? value : [value]).map((id: unknown, index) => {
    if (typeof id === 'string' && idForm.test(id)) return id;
    throw bad(`element ${index + 1} of ${name}`, typeof id === 'string' ? id : (JSON.stringify(id) ?? ''));
  });
}

/**
 * The instance ids that a text lists, each once: one a line with `#` comments, or a JSON array. Throws BAD_INSTANCE_LIST
 * with the line and what stands there, also for a list without ids.
 */
export function parseInstanceList(name: string, text: string): readonly string[] {
  const plain = text.replace(/^\uFEFF/u, '');
  const ids = plain.trimStart().startsWith('[')
    ? fromJson(name, plain)
    : plain.split(/\r\n|\n|\r/u).flatMap((line, index) => {
        const id = line.replace(/#.*$/u, '').trim();
        if (id !== '' && !idForm.test(id)) throw bad(`line ${index + 1} of ${name}`, id);
        return id === '' ? [] : [id];
      });
  if (ids.length > 0) return [...new Set(ids)];
  throw usageError(
    'BAD_INSTANCE_LIST',
    `${name} lists no instance`,
    'there is nothing to do for no instance',
    'one id a line, for example i-0abc1234def567890',
  );
}
