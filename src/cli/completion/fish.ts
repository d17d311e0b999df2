import type { CompletedFlag } from './words.js';
import { toolName as program } from '../../version.js';
import { commands } from './words.js';

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function valueWords({ value, words }: CompletedFlag): string {
  if (value === 'none') return '';
  if (value === 'words') return ` -x -a ${quoted(words.join(' '))}`;
  return value === 'any' ? ' -x' : ' -r -F';
}

/** Completion for fish 3 and later, to be put into `~/.config/fish/completions`. */
export function fishCompletion(): string {
  const others = commands.filter(({ name }) => name !== 'setup').map(({ name }) => name);
  const all = commands.map(({ name }) => name).join(' ');
  const lines = commands.flatMap(({ name, help, words, flags }) => {
    const here =
      name === 'setup'
        ? `not __fish_seen_subcommand_from ${others.join(' ')}`
        : `__fish_seen_subcommand_from ${name}`;
    return [
      `complete -c ${program} -n 'not __fish_seen_subcommand_from ${all}' -a ${name} -d ${quoted(help)}`,
      ...(words.length === 0 ? [] : [`complete -c ${program} -n '${here}' -a ${quoted(words.join(' '))}`]),
      ...flags.map(
        (flag) =>
          `complete -c ${program} -n '${here}' -l ${flag.name.slice(2)}${valueWords(flag)} -d ${quoted(flag.help)}`,
      ),
    ];
  });
  return `# fish completion of ${program}\ncomplete -c ${program} -f\n${lines.join('\n')}\n`;
}
