import type { CatalogueEntry } from './entry.js';

/** Failures of running on the host from afar through Systems Manager. */
export const fromAfarFailures: readonly CatalogueEntry[] = [
  {
    code: 'NOT_MANAGED',
    matchers: [
      { names: ['InvalidInstanceId'] },
      { text: 'not in a valid state for account' },
      { names: ['TargetNotConnected'] },
      { text: '{instanceId} is not connected' },
    ],
    cause:
      'Systems Manager does not reach {instanceId}: its agent does not run or is not registered, the role lacks AmazonSSMManagedInstanceCore, there is no route to Systems Manager, or it is in another account or region than {region}',
    who: 'you',
    fix: 'see what it knows: aws ssm describe-instance-information --filters Key=InstanceIds,Values={instanceId} --region {region}{profileFlag}; --ssm adds the policy, then wait 5 minutes; or run the tool on the instance itself with --cloud skip',
  },
  {
    code: 'ROLE_WITHOUT_SSM',
    matchers: [],
    cause:
      'the agent of {instanceId} has never registered with Systems Manager: the role {roleName} does not have AmazonSSMManagedInstanceCore',
    who: 'you',
    fix: 'add --ssm, which attaches it and waits until the agent has registered',
  },
  {
    code: 'NOT_REGISTERED',
    matchers: [],
    cause:
      'Systems Manager does not know {instanceId}: its agent is not installed or does not run, it has not yet seen its new role, or there is no route to Systems Manager (in a private subnet three VPC endpoints: ssm, ssmmessages, ec2messages)',
    who: 'you',
    fix: 'on the instance: sudo systemctl restart amazon-ssm-agent (an agent that found no rights sleeps for up to half an hour), then run the same command; or run the tool there, with --cloud skip',
  },
  {
    code: 'AGENT_OFFLINE',
    matchers: [],
    cause:
      'the agent of {instanceId} is registered with Systems Manager but does not answer: the instance is stopped or overloaded, the agent has ended, or its role has lost the rights',
    who: 'you',
    fix: 'start the instance, or on it: sudo systemctl restart amazon-ssm-agent; then run the same command, which does only what is left',
  },
  {
    code: 'HOST_NOT_LINUX',
    matchers: [],
    cause: 'the host half is done by a shell script, which needs Linux',
    who: 'you',
    fix: 'leave this instance out; its role can be set up all the same, with --host skip',
  },
  {
    code: 'HOST_WITHOUT_NODE',
    matchers: [],
    cause:
      'the tool needs Node.js 20.19 or later and npx, for the user who runs OpenClaw, and did not find them on {instanceId}',
    who: 'you',
    fix: 'install it there for all users, as render user-data does: https://nodejs.org/en/download; or, where it is the wrong user, add --openclaw-user',
  },
  {
    code: 'OWNER_UNCLEAR',
    matchers: [],
    cause: 'it is not clear whose OpenClaw is meant on {instanceId}',
    who: 'you',
    fix: 'name the user who runs it, for example --openclaw-user ubuntu',
  },
  {
    code: 'TOOL_NOT_FETCHED',
    matchers: [],
    cause:
      'npx on {instanceId} did not get openclaw-bedrock-setup: there is no way to the npm registry, or it does not have this version',
    who: 'you',
    fix: 'run npm pack openclaw-bedrock-setup on a machine that reaches the npm registry, put the file where the hosts can get it, and add --tool-source with its https address or its path on the hosts',
  },
  {
    code: 'NO_HOST_REPORT',
    matchers: [],
    cause:
      'what {instanceId} sent back is no report of this tool: the command broke off, or something else answered in its place',
    who: 'you',
    fix: 'see the whole output: aws ssm list-command-invocations --details --instance-id {instanceId} --region {region}{profileFlag}; then run the same command, nothing is done twice',
  },
  {
    code: 'HOST_TIMED_OUT',
    matchers: [],
    cause:
      'the host half of {instanceId} was not over within its time; the host is slow, its agent has died, or a program there waits for something',
    who: 'you',
    fix: 'run the same command, which goes on from there, if need be with a longer --host-timeout',
  },
  {
    code: 'COMMAND_CANCELLED',
    matchers: [],
    cause: 'somebody has cancelled the command of Systems Manager before {instanceId} was done',
    who: 'you',
    fix: 'run the same command, which goes on from there',
  },
  {
    code: 'COMMAND_STOPPED',
    matchers: [],
    cause: 'after too many failures on other hosts this one was left alone',
    who: 'you',
    fix: 'mend what the others failed with, then run the same command, which does only what is left; --max-errors says how many failures are too many',
  },
  {
    code: 'NOT_THERE_YET',
    matchers: [{ names: ['InvocationDoesNotExist'] }],
    cause: 'Systems Manager has taken the command but does not know of it on the instance yet',
    who: 'wait',
    fix: 'ask again in a second',
    waitSeconds: 1,
  },
];
