import { singleQuoted } from '../../core/text/shell-word.js';
import type { CompletedFlag } from './words.js';
import { toolName as program } from '../../version.js';
import { commands, flags } from './words.js';

/** An entry of `_describe`: a name, a colon, what it means; in single quotes. */
function described({ name, help }: { readonly name: string; readonly help: string }): string {
  const text = help.replaceAll('\\', '\\\\').replaceAll(':', '\\:');
  return singleQuoted(`${name}:${text}`);
}

function answer({ value, words }: CompletedFlag): string {
  if (value === 'words') return `compadd -- ${words.join(' ')}`;
  if (value === 'file') return '_files';
  if (value === 'folder') return '_files -/';
  return '_message value';
}

function array(name: string, items: readonly string[]): string {
  return `${name}=(\n${items.map((item) => `        ${item}`).join('\n')}\n      )`;
}

/** Completion for zsh, to be put into a folder of `fpath` as `_openclaw-bedrock-setup`, or sourced after `compinit`. */
export function zshCompletion(): string {
  const valued = flags.filter(({ value }) => value !== 'none');
  const answers = [...new Set(valued.map(answer))];
  const cases = answers.map((text) => {
    const same = valued.filter((flag) => answer(flag) === text).map(({ name }) => name);
    return `    (${same.join('|')}) ${text}; return ;;`;
  });
  const known = commands.map(({ name }) => name).join('|');
  const lists = commands.map(
    ({ name, words, flags: own }) =>
      `    (${name})\n      ${array('flags', own.map(described))}\n      words_after=(${words.join(' ')}) ;;`,
  );
  return `#compdef ${program}
_openclaw_bedrock_setup() {
  local command='' word
  local -a flags words_after commands
  commands=(${commands.map(described).join(' ')})
  case \${words[CURRENT-1]} in
${cases.join('\n')}
  esac
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case $word in (${known}) command=$word; break ;; esac
  done
  case \${command:-setup} in
${lists.join('\n')}
  esac
  [[ -z $command ]] && _describe -t commands command commands
  (( $#words_after )) && compadd -- $words_after
  _describe -o -t flags flag flags
}
if [[ $funcstack[1] == _${program} ]]; then
  _openclaw_bedrock_setup "$@"
else
  compdef _openclaw_bedrock_setup ${program}
fi
`;
}
