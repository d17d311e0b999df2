import template from '../../templates/cloud-init/user-data.json' with { type: 'json' };
import type { JsonObject } from '../ports/json.js';
import { toYaml } from './yaml.js';

/** What an instance does at its first boot. */
export interface FirstBoot {
  /** The script `templates/cloud-init/first-boot.sh`. */
  readonly script: string;
  /** The npm package that does the host's half, with its version. */
  readonly package: string;
  /** What it is asked with. */
  readonly words: readonly string[];
  /** Who runs OpenClaw, made where there is no such user; `null`: the image's own first user. */
  readonly owner: string | null;
}

/**
 * A cloud-init file. All that varies stands in a list of words that cloud-init hands over one by one, so nothing in it is
 * read by a shell (cloud-init, "runcmd": a list is executed as is).
 */
export function userData({ script, package: packageName, words, owner }: FirstBoot): string {
  const [file] = template.write_files;
  const [command = []] = template.runcmd;
  const users: JsonObject = owner === null ? {} : { users: ['default', { name: owner, shell: '/bin/bash' }] };
  const config: JsonObject = {
    ...users,
    write_files: [{ ...file, content: script }],
    runcmd: [[...command, packageName, owner ?? '', ...words]],
  };
  return `#cloud-config\n${toYaml(config)}`;
}
