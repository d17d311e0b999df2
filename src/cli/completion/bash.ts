import type { CompletedFlag } from './words.js';
import { toolName as program } from '../../version.js';
import { commands, flags } from './words.js';

function names(items: readonly { readonly name: string }[]): string {
  return items.map(({ name }) => name).join(' ');
}

function answer({ value, words }: CompletedFlag): string {
  if (value === 'words') return `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current"))`;
  if (value === 'file') return 'compopt -o filenames; COMPREPLY=($(compgen -f -- "$current"))';
  if (value === 'folder') return 'compopt -o filenames; COMPREPLY=($(compgen -d -- "$current"))';
  return 'COMPREPLY=()';
}

/** Completion for bash 4 and later, to be sourced or put where bash-completion looks. */
export function bashCompletion(): string {
  const valued = flags.filter(({ value }) => value !== 'none');
  const answers = [...new Set(valued.map(answer))];
  const cases = answers.map((text) => {
    const same = valued.filter((flag) => answer(flag) === text).map(({ name }) => name);
    return `    ${same.join('|')}) ${text}; return ;;`;
  });
  const known = names(commands).replaceAll(' ', '|');
  const lists = commands.map(
    ({ name, words, flags: own }) =>
      `    ${name}) words='${[...words, ...own.map((flag) => flag.name)].join(' ')}' ;;`,
  );
  const setup = commands.find(({ name }) => name === 'setup')?.flags ?? [];
  return `# bash completion of ${program}
_openclaw_bedrock_setup() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command='' word words
  case $previous in
${cases.join('\n')}
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${known}) command=$word; break ;; esac
  done
  case $command in
${lists.join('\n')}
    *) words='${names(commands)} ${names(setup)}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _openclaw_bedrock_setup ${program}
`;
}
