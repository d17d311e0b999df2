import type { Settings } from '../../src/core/settings.js';
import type { RoleDesign } from '../../src/render/role-design.js';
import { roleDesign } from '../../src/render/role-design.js';
import { userData } from '../../src/render/user-data.js';
import { hostScript } from '../../src/core/remote/script.js';
import { readTemplates } from '../../src/adapters/templates.js';
import { someSettings } from '../support/cloud.js';

const { 'first-boot.sh': script } = await readTemplates('cloud-init', ['first-boot.sh']);

/** What an instance does at its first boot, in the tests of what holds it. */
export const someUserData = userData({
  script,
  package: 'openclaw-bedrock-setup@1.2.3',
  words: ['--cloud', 'skip', '--host', 'local', '--yes'],
  owner: null,
});

/** What an enrolled instance runs, in the tests of what holds it. */
export const someHostScript = hostScript({
  template: (await readTemplates('ssm', ['run-on-host.sh']))['run-on-host.sh'],
  owner: null,
  tool: 'openclaw-bedrock-setup@1.2.3',
  words: ['setup', '--cloud', 'skip', '--model', "it's ${HOME} %{x}"],
});

const destinations = ['us-east-1', 'us-west-2'].map(
  (region) => `arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`,
);

/** ARNs that a call through a profile touches. */
export const modelArns = [
  'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0',
  ...destinations,
];

/** Settings in all their variety, each with a name. */
export const variants: readonly (readonly [string, Partial<Settings>])[] = [
  ['plain', {}],
  [
    'full',
    {
      ssm: true,
      hopLimit: 2,
      roleName: 'a+b=c,d.e@f-g_h',
      resourceTags: { 'a b': 'c = d', 'cost:center': 'yes' },
    },
  ],
  ['scoped', { policy: { kind: 'scoped' }, model: 'us.amazon.nova-lite-v1:0' }],
  ['full access', { policy: { kind: 'full-access' } }],
];

/** Settings by which instances with a tag set themselves up. */
export const enrolled: (typeof variants)[number] = [
  'enrolled',
  { ssm: true, enroll: { key: 'open claw', value: 'yes' } },
];

/** The role that settings ask for, with a model where the settings want one. */
export function designOf(settings: Partial<Settings>): RoleDesign {
  const model = settings.model === undefined ? null : { id: settings.model ?? '', arns: modelArns };
  return roleDesign(someSettings(settings), 'us-east-1', model);
}
