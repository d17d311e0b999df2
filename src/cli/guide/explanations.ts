import type { StepId } from '../../core/change.js';

/** What a person wants to know of a step before agreeing to it. Sentences without a capital and a full stop. */
export interface Explanation {
  readonly what: string;
  readonly why: string;
  readonly cost: string;
  readonly undo: string;
}

const free = 'nothing';
const file = 'the lines are taken out again; the rest of the file is left as it is by then';

/** The explanation of each step. */
export const explanations: Readonly<Record<StepId, Explanation>> = {
  'iam-role': {
    what: 'an identity in your account that only EC2 may take on, for instances that carry it',
    why: 'OpenClaw gets credentials that last some hours and renew themselves; no access key is stored anywhere',
    cost: free,
    undo: 'the role is deleted, if this tool made it and nothing else has come to use it',
  },
  'permission-policy': {
    what: 'the rights of the role: to call models of Amazon Bedrock and to list which ones there are, no others',
    why: 'a role without a policy may do nothing at all',
    cost: 'nothing by itself; each call to a model is billed by its tokens',
    undo: 'the policy is taken off the role; a role that was there before stays',
  },
  'instance-profile': {
    what: 'the holder by which EC2 hands a role to an instance; it has the same name as the role',
    why: 'EC2 does not attach roles, only instance profiles',
    cost: free,
    undo: 'the profile is deleted, if this tool made it and no instance holds it',
  },
  'profile-membership': {
    what: 'the role is put into the instance profile, which has room for exactly one',
    why: 'an empty profile gives an instance no credentials',
    cost: free,
    undo: 'the role is taken out again',
  },
  association: {
    what: 'the instance profile is attached to the instance; the instance is not restarted',
    why: 'from then on the instance finds the credentials of the role in its own metadata',
    cost: free,
    undo: 'it is taken off, and the profile that was there before is put back',
  },
  'launch-template': {
    what: 'what an Auto Scaling group launches its instances from',
    why: 'an instance that replaces another comes up without the profile unless the template names it',
    cost: 'a new version; the instances that run are not touched',
    undo: 'the version is deleted and the former one used again',
  },
  'metadata-options': {
    what: 'how many network hops an answer of the instance metadata service may take',
    why: 'one hop ends at the host: a gateway inside a container would never get credentials',
    cost: 'nothing; processes in containers on this instance can then reach its credentials',
    undo: 'the limit that was there before is set again',
  },
  enrollment: {
    what: 'an association of Systems Manager: every instance with the tag does its host half by itself, once',
    why: 'instances that are launched later come up set up; they need the role and Node.js from their start',
    cost: free,
    undo: 'the association is deleted; instances that it has set up stay as they are',
  },
  'shell-profile': {
    what: 'a marked block in the start file of your login shell, with AWS_PROFILE and AWS_REGION',
    why: 'what you run by hand (openclaw, aws) then finds the same credentials and region as the gateway',
    cost: free,
    undo: file,
  },
  'gateway-env': {
    what: 'AWS_PROFILE and AWS_REGION in the file from which the gateway takes its environment',
    why: 'the gateway runs as a service, which never reads the start file of a shell',
    cost: 'nothing; a running gateway has to be restarted once',
    undo: file,
  },
  'aws-config': {
    what: 'a default section with the region in the shared AWS config',
    why: 'with AWS_PROFILE=default set, the AWS CLI and Python refuse to run without such a section',
    cost: free,
    undo: file,
  },
  'bedrock-plugin': {
    what: "OpenClaw's own plug-in for Amazon Bedrock, installed by openclaw itself",
    why: 'since version 2026.5.12 OpenClaw comes without it',
    cost: 'nothing; some megabytes of disk and about ten seconds',
    undo: 'openclaw removes it, if it was installed here',
  },
  'openclaw-discovery': {
    what: "OpenClaw's setting to look up which Bedrock models there are, and in which region",
    why: 'without it OpenClaw shows no Bedrock models',
    cost: 'nothing; looking them up is not billed',
    undo: 'the values that were there before are put back',
  },
  'primary-model': {
    what: 'the model that OpenClaw uses where nothing else is said',
    why: 'it would go on with the model it has, or with none',
    cost: 'nothing by itself; the model is billed by its tokens',
    undo: 'the model that was there before is put back',
  },
};
