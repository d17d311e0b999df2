import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOnce, type Timed } from '../measure.js';
import { against } from '../other-tool.js';
import { policyDocument } from '../policies.js';

const role = 'EC2-Bedrock-Access';

function missing(): string | null {
  try {
    execFileSync('ansible-doc', ['--type', 'module', 'amazon.aws.ec2_instance'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'Ansible with its collection amazon.aws is not installed';
  }
}

/** Role, instance profile, policy and association, each by the module that Ansible has for it. */
function playbook(endpoint: string, instanceId: string): string {
  const play = {
    hosts: 'localhost',
    connection: 'local',
    gather_facts: false,
    module_defaults: { 'group/aws': { endpoint_url: endpoint, region: 'us-east-1' } },
    tasks: [
      {
        'community.aws.iam_role': {
          name: role,
          assume_role_policy_document: policyDocument('trust'),
          create_instance_profile: true,
        },
      },
      {
        'amazon.aws.iam_policy': {
          iam_type: 'role',
          iam_name: role,
          policy_name: 'OpenClawBedrock',
          policy_json: policyDocument('invoke'),
        },
      },
      { 'amazon.aws.ec2_instance': { instance_ids: [instanceId], iam_instance_profile: role } },
    ],
  };
  return JSON.stringify([play]);
}

/** The same job with Ansible; writing the playbook is not counted. */
export const ansiblePlaybook = against({
  name: 'ansible',
  words: ['ansible-playbook', 'ansible-playbook'],
  missing,
  async prepare(account, folder) {
    const file = join(folder, 'site.yml');
    const run: Timed = async () => {
      const variables: Readonly<Record<string, string>> = {
        ...account.variables('moto'),
        ANSIBLE_DEPRECATION_WARNINGS: 'false',
      };
      await writeFile(file, playbook(variables['AWS_ENDPOINT_URL'] ?? '', account.instanceId));
      const words = ['--inventory', 'localhost,', file];
      return (await runOnce({ program: 'ansible-playbook', words, variables })).milliseconds;
    };
    return { first: run, again: run };
  },
});
