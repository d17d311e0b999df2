import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Aws } from '../../../src/adapters/aws/clients.js';
import { connectAws } from '../../../src/adapters/aws/clients.js';
import { isolateAws, pretended } from '../../support/account.js';
import type { ScriptedAws } from '../../support/scripted-aws.js';
import { startScriptedAws } from '../../support/scripted-aws.js';

// The SDK's types make every member of an answer optional: what the readers make of answers that leave them out.

const arn = 'arn:aws:iam::111122223333:role/r';
let server: ScriptedAws;
let aws: Aws;

beforeAll(async () => {
  server = await startScriptedAws();
});
beforeEach(() => {
  server.replies.clear();
  server.calls.length = 0;
  isolateAws(server.url);
  const credentials = () => Promise.resolve(pretended);
  aws = connectAws({ region: 'us-east-1', credentials, profile: null, readOnly: false, maxAttempts: 1 });
});
afterEach(() => {
  aws.close();
  vi.unstubAllEnvs();
});
afterAll(() => server.close());

/** An answer of IAM or STS. */
const query = (operation: string, result: string): void => {
  const body = `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
  server.replies.set(operation, { body });
};

/** An answer of EC2. */
const ec2 = (operation: string, result: string): void => {
  server.replies.set(operation, { body: `<${operation}Response>${result}</${operation}Response>` });
};

const json = (operation: string, result: unknown): void => {
  server.replies.set(operation, { body: JSON.stringify(result) });
};

describe('a simulation', () => {
  const simulate = async () =>
    aws.rights.simulatePrincipalPolicy({
      principalArn: arn,
      actions: ['a:B'],
      resources: ['*'],
      context: {},
    });
  const nothing = { missingKeys: [], byOrganization: null, byBoundary: null, policies: [] };
  const stops = (kind: string, allowed: boolean) =>
    `<${kind}DecisionDetail><AllowedBy${kind === 'Organizations' ? kind : 'PermissionsBoundary'}>${allowed}</AllowedBy${
      kind === 'Organizations' ? kind : 'PermissionsBoundary'
    }></${kind}DecisionDetail>`;
  const bounded = (allowed: boolean) => stops('PermissionsBoundary', allowed);

  it.each([
    ['no result', '', []],
    [
      'a result that says nothing: not allowed, for everything',
      '<EvaluationResults><member/></EvaluationResults>',
      [{ action: '', resource: '*', decision: 'implicitDeny', ...nothing }],
    ],
    [
      'a result of a resource that says nothing',
      '<EvaluationResults><member><EvalActionName>a:B</EvalActionName><EvalDecision>allowed</EvalDecision>' +
        '<ResourceSpecificResults><member/></ResourceSpecificResults></member></EvaluationResults>',
      [{ action: 'a:B', resource: '', decision: 'implicitDeny', ...nothing }],
    ],
    [
      "the action's own decision, with what stopped it and what is missing",
      '<EvaluationResults><member><EvalActionName>a:B</EvalActionName><EvalResourceName>x</EvalResourceName>' +
        '<EvalDecision>explicitDeny</EvalDecision><MissingContextValues><member>k</member></MissingContextValues>' +
        '<MatchedStatements><member/><member><SourcePolicyId>p</SourcePolicyId></member><member>' +
        `<SourcePolicyId>p</SourcePolicyId></member></MatchedStatements>${stops('Organizations', false)}${bounded(true)}</member></EvaluationResults>`,
      [
        {
          action: 'a:B',
          resource: 'x',
          decision: 'explicitDeny',
          missingKeys: ['k'],
          byOrganization: false,
          byBoundary: true,
          policies: ['p'],
        },
      ],
    ],
    [
      "a resource's own boundary before the action's, and the keys of both",
      `<EvaluationResults><member><EvalActionName>a:B</EvalActionName>${bounded(true)}${stops('Organizations', true)}` +
        '<MissingContextValues><member>k</member></MissingContextValues><ResourceSpecificResults>' +
        `<member><EvalResourceName>x</EvalResourceName><EvalResourceDecision>allowed</EvalResourceDecision>${bounded(false)}` +
        '<MissingContextValues><member>k</member><member>l</member></MissingContextValues></member>' +
        '<member><EvalResourceName>y</EvalResourceName></member></ResourceSpecificResults></member></EvaluationResults>',
      [
        {
          action: 'a:B',
          resource: 'x',
          decision: 'allowed',
          missingKeys: ['k', 'l'],
          byOrganization: true,
          byBoundary: false,
          policies: [],
        },
        {
          action: 'a:B',
          resource: 'y',
          decision: 'implicitDeny',
          missingKeys: ['k'],
          byOrganization: true,
          byBoundary: true,
          policies: [],
        },
      ],
    ],
  ])('gives %s', async (_what, results, expected) => {
    query('SimulatePrincipalPolicy', results);
    expect(await simulate()).toStrictEqual(expected);
  });
});

describe('an instance', () => {
  const bare = {
    id: 'i-1',
    name: null,
    state: 'pending',
    managers: [],
    profileArn: null,
    metadataOptions: { endpoint: 'enabled', tokens: 'optional', hopLimit: 1 },
  };
  const reserved = (instances: string) =>
    `<reservationSet><item><instancesSet>${instances}</instancesSet></item></reservationSet>`;

  it.each([
    ['no reservation', '', null],
    ['a reservation without instances', '<reservationSet><item/></reservationSet>', null],
    ['an instance without id', reserved('<item/>'), null],
    ["another's id", reserved('<item><instanceId>i-2</instanceId></item>'), null],
    ['nothing but its id', reserved('<item><instanceId>i-1</instanceId></item>'), bare],
    [
      'a state that is new, a tag without value and options that are not said',
      reserved(
        '<item><instanceId>i-1</instanceId><instanceState><name>hibernating</name></instanceState>' +
          '<tagSet><item/><item><key>Name</key></item></tagSet><iamInstanceProfile/><metadataOptions/></item>',
      ),
      { ...bare, name: '' },
    ],
    [
      'options that are said',
      reserved(
        '<item><instanceId>i-1</instanceId><instanceState><name>stopping</name></instanceState>' +
          '<iamInstanceProfile><arn>a</arn></iamInstanceProfile><metadataOptions><httpEndpoint>disabled</httpEndpoint>' +
          '<httpTokens>required</httpTokens><httpPutResponseHopLimit>3</httpPutResponseHopLimit></metadataOptions></item>',
      ),
      {
        ...bare,
        state: 'stopping',
        profileArn: 'a',
        metadataOptions: { endpoint: 'disabled', tokens: 'required', hopLimit: 3 },
      },
    ],
  ])('is read out of %s', async (_what, answer, expected) => {
    ec2('DescribeInstances', answer);
    expect(await aws.ec2.describeInstance('i-1')).toStrictEqual(expected);
  });

  it('without an id is listed without one, and none where nothing is', async () => {
    ec2('DescribeInstances', reserved('<item/>'));
    expect(await aws.ec2.listInstances()).toStrictEqual([{ ...bare, id: '' }]);
    ec2('DescribeInstances', '');
    expect(await aws.ec2.listInstances()).toStrictEqual([]);
    ec2('DescribeInstances', '<reservationSet><item/></reservationSet>');
    expect(await aws.ec2.findInstances(['i-1'])).toStrictEqual([]);
  });

  it('is not asked for where none is named', async () => {
    expect(await aws.ec2.findInstances([])).toStrictEqual([]);
    expect(await aws.ec2.listAssociations([])).toStrictEqual([]);
    expect(server.calls).toStrictEqual([]);
  });

  it.each([
    ["names another's id", 'The instance ID i-0fff does not exist', 1],
    ['names all that were asked for', 'The instance IDs i-1, i-2 do not exist', 1],
  ])('is not looked for without end where the refusal %s', async (_what, message, calls) => {
    const error = `<Error><Code>InvalidInstanceID.NotFound</Code><Message>${message}</Message></Error>`;
    server.replies.set('DescribeInstances', {
      status: 400,
      body: `<Response><Errors>${error}</Errors></Response>`,
    });
    const outcome = await aws.ec2.findInstances(['i-1', 'i-2']).catch((reason: unknown) => String(reason));
    expect(outcome).toStrictEqual(message.includes('i-1') ? [] : `InvalidInstanceID.NotFound: ${message}`);
    expect(server.calls).toHaveLength(calls);
  });
});

describe('an association', () => {
  const one = (id: string, state: string, time = '') =>
    `<item><associationId>${id}</associationId><instanceId>i-1</instanceId><state>${state}</state>${
      time === '' ? '' : `<timestamp>2026-01-0${time}T00:00:00Z</timestamp>`
    }</item>`;
  const list = (items: string) => {
    ec2(
      'DescribeIamInstanceProfileAssociations',
      items === '' ? '' : `<iamInstanceProfileAssociationSet>${items}</iamInstanceProfileAssociationSet>`,
    );
  };

  it.each([
    ['nothing', ''],
    ['no profile', '<iamInstanceProfileAssociation/>'],
    [
      'a profile without an id',
      '<iamInstanceProfileAssociation><iamInstanceProfile/></iamInstanceProfileAssociation>',
    ],
  ])('that is put in the place of another says %s of its profile', async (_what, answer) => {
    ec2('ReplaceIamInstanceProfileAssociation', answer);
    expect(await aws.ec2.replaceAssociation('iip-assoc-1', arn)).toBeNull();
  });

  it('that says nothing but its instance stands, with an empty profile', async () => {
    list('<item><instanceId>i-1</instanceId></item><item/>');
    const expected = {
      id: '',
      instanceId: 'i-1',
      profileArn: '',
      profileId: null,
      state: 'associated',
      since: null,
    };
    expect(await aws.ec2.describeAssociation('i-1')).toStrictEqual(expected);
    expect(await aws.ec2.listAssociations(['i-1'])).toStrictEqual([expected]);
  });

  it.each([
    ['none', '', null],
    ['none that is on its way out', one('a', 'disassociating') + one('b', 'disassociated'), null],
    [
      'the newest',
      one('a', 'associated', '1') + one('b', 'associated', '3') + one('c', 'associated', '2'),
      'b',
    ],
    ['the newest, whichever comes first', one('b', 'associated', '3') + one('a', 'associated', '1'), 'b'],
    ['the one with a time', one('a', 'associated') + one('b', 'associated', '3'), 'b'],
    ['that on its way in, without times', one('a', 'associated') + one('b', 'associating'), 'b'],
    ['that on its way in, if it comes first', one('b', 'associating') + one('a', 'associated'), 'b'],
  ])('counts for an instance: %s', async (_what, items, id) => {
    list(items);
    expect((await aws.ec2.describeAssociation('i-1'))?.id ?? null).toBe(id);
    expect((await aws.ec2.listAssociations(['i-1'])).map((found) => found.id)).toStrictEqual(
      id === null ? [] : [id],
    );
  });

  it("is not taken for one of the instance's where EC2 answers with another's", async () => {
    list('<item><instanceId>i-2</instanceId></item>');
    expect(await aws.ec2.describeAssociation('i-1')).toBeNull();
    expect(await aws.ec2.listAssociations(['i-1'])).toStrictEqual([]);
  });
});

describe('regions', () => {
  it.each([
    ['nothing', '', []],
    [
      'one without a name',
      '<regionInfo><item/><item><regionName>eu-west-1</regionName></item></regionInfo>',
      ['eu-west-1'],
    ],
  ])('are read out of %s', async (_what, answer, expected) => {
    ec2('DescribeRegions', answer);
    expect(await aws.ec2.listRegions()).toStrictEqual(expected);
  });

  it('that do not answer have no instance and no user of a profile', async () => {
    ec2('DescribeRegions', '<regionInfo><item><regionName>us-east-1</regionName></item></regionInfo>');
    expect(await aws.ec2.findRegions('i-1')).toStrictEqual([]);
    ec2('DescribeIamInstanceProfileAssociations', '');
    expect(await aws.ec2.findProfileUsers('p')).toStrictEqual([]);
    server.replies.delete('DescribeRegions');
    const credentials = () => Promise.resolve(pretended);
    const other = connectAws({
      region: 'us-east-1',
      credentials,
      profile: null,
      readOnly: true,
      maxAttempts: 1,
    });
    expect(await other.ec2.findProfileUsers('p')).toStrictEqual([]);
    expect(await other.ec2.unseenRegions()).toStrictEqual(['all others']);
    other.close();
  });
});

describe('IAM', () => {
  const trust = encodeURIComponent('{"Version":"2012-10-17"}');

  it('gives a role by the name that was asked for, where the answer has none', async () => {
    query('GetRole', `<Role><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument></Role>`);
    expect(await aws.iam.getRole('r')).toStrictEqual({
      name: 'r',
      arn: '',
      trustPolicy: { Version: '2012-10-17' },
      tags: {},
      permissionsBoundary: null,
    });
  });

  it('gives no role that trusts nobody knows whom', async () => {
    query('GetRole', '');
    await expect(aws.iam.getRole('r')).rejects.toMatchObject({ code: 'UNREADABLE_POLICY' });
    query('GetRolePolicy', '');
    await expect(aws.iam.getRolePolicy('r', 'p')).rejects.toMatchObject({ code: 'UNREADABLE_POLICY' });
  });

  it('gives a profile without roles, and a tag without words', async () => {
    query('GetInstanceProfile', '');
    expect(await aws.iam.getInstanceProfile('p')).toStrictEqual({
      name: 'p',
      arn: '',
      id: null,
      tags: {},
      roles: [],
    });
    query(
      'GetInstanceProfile',
      `<InstanceProfile><Tags><member/></Tags><Roles><member><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument></member></Roles></InstanceProfile>`,
    );
    expect(await aws.iam.getInstanceProfile('p')).toMatchObject({
      tags: { '': '' },
      roles: [{ name: '', arn: '' }],
    });
  });

  it.each([
    ['nothing', '', []],
    ['a policy without ARN', '<AttachedPolicies><member/></AttachedPolicies>', []],
    ['a marker that means nothing', '<Marker>m</Marker><IsTruncated>false</IsTruncated>', []],
  ])('gives the attached policies of %s', async (_what, answer, expected) => {
    query('ListAttachedRolePolicies', answer);
    expect(await aws.iam.listAttachedRolePolicies('r')).toStrictEqual(expected);
    expect(server.calls).toHaveLength(1);
  });
});

describe('STS', () => {
  it.each([
    ['an ARN alone', `<Arn>${arn}</Arn>`, { account: '111122223333', partition: 'aws', arn }],
    [
      'an account of its own',
      `<Arn>${arn}</Arn><Account>444455556666</Account>`,
      { account: '444455556666', partition: 'aws', arn },
    ],
  ])('names the caller with %s', async (_what, answer, expected) => {
    query('GetCallerIdentity', answer);
    expect(await aws.identity.getCallerIdentity()).toStrictEqual(expected);
  });

  it.each([
    ['', '""'],
    ['<Arn>me</Arn>', '"me"'],
  ])('that names nobody (%j) is not AWS', async (answer, named) => {
    query('GetCallerIdentity', answer);
    await expect(aws.identity.getCallerIdentity()).rejects.toMatchObject({
      code: 'BAD_ANSWER',
      message: `STS named the caller ${named}, which is no ARN`,
    });
  });
});

describe('what EC2 refuses in code', () => {
  const refuse = (name: string, message: string) => {
    const error = `<Error><Code>${name}</Code><Message>${message}</Message></Error>`;
    server.replies.set('DescribeRegions', {
      status: 403,
      body: `<Response><Errors>${error}</Errors></Response>`,
    });
  };
  const coded =
    'You are not authorized to perform this operation. Encoded authorization failure message: c0de';
  const decode = (decoded: unknown) => {
    query('DecodeAuthorizationMessage', `<DecodedMessage>${JSON.stringify(decoded)}</DecodedMessage>`);
  };
  const said = async () => aws.ec2.listRegions().catch((error: unknown) => String(error));
  const context = { action: 'ec2:DescribeRegions', resource: '*' };

  it.each([
    [
      'who, what and why',
      { explicitDeny: true, context: { ...context, principal: { arn } } },
      `User: ${arn} is not authorized to perform: ec2:DescribeRegions on resource: * with an explicit deny`,
    ],
    [
      'what alone',
      { explicitDeny: false, context },
      'The caller is not authorized to perform: ec2:DescribeRegions on resource: * because no policy allows the ec2:DescribeRegions action',
    ],
  ])('is said in plain words: %s', async (_what, decoded, sentence) => {
    refuse('UnauthorizedOperation', coded);
    decode(decoded);
    expect(await said()).toContain(`${sentence}. Encoded authorization failure message: c0de`);
  });

  it.each([
    ['has no context', {}],
    ['names no action', { context: { resource: '*' } }],
    ['names no resource', { context: { action: 'a:B' } }],
    ['is no object', null],
  ])('stays as it is where the decoded message %s', async (_what, decoded) => {
    refuse('UnauthorizedOperation', coded);
    decode(decoded);
    expect(await said()).toBe(`UnauthorizedOperation: ${coded}`);
  });

  it('stays as it is where STS says nothing, and where there is nothing to decode', async () => {
    refuse('UnauthorizedOperation', coded);
    query('DecodeAuthorizationMessage', '');
    expect(await said()).toBe(`UnauthorizedOperation: ${coded}`);
    server.replies.delete('DecodeAuthorizationMessage');
    expect(await said()).toBe(`UnauthorizedOperation: ${coded}`);
    server.calls.length = 0;
    for (const message of ['no', `User: x is not authorized to perform: y. ${coded}`]) {
      refuse('UnauthorizedOperation', message);
      expect(await said()).toBe(`UnauthorizedOperation: ${message}`);
    }
    refuse('AuthFailure', coded);
    expect(await said()).toBe(`AuthFailure: ${coded}`);
    expect(server.calls).toStrictEqual(['DescribeRegions', 'DescribeRegions', 'DescribeRegions']);
  });
});

describe('Bedrock', () => {
  const model = {
    id: 'm',
    arn: '',
    name: 'm',
    provider: '',
    input: [],
    output: [],
    streaming: false,
    onDemand: false,
    lifecycle: 'ACTIVE',
    endOfLife: null,
  };

  it.each([
    ['none', {}, []],
    ['one that has only an id', { modelSummaries: [{ modelId: 'm' }] }, [model]],
    ['one without an id', { modelSummaries: [{}] }, [{ ...model, id: '', name: '' }]],
    [
      'one that ends',
      {
        modelSummaries: [
          { modelId: 'm', modelLifecycle: { status: 'LEGACY', endOfLifeTime: '2027-01-02T00:00:00Z' } },
        ],
      },
      [{ ...model, lifecycle: 'LEGACY', endOfLife: '2027-01-02T00:00:00.000Z' }],
    ],
  ])('lists foundation models: %s', async (_what, answer, expected) => {
    json('GET /foundation-models', answer);
    expect(await aws.bedrock.listFoundationModels()).toStrictEqual(expected);
  });

  it.each([
    ['none', {}, []],
    [
      'one that says nothing',
      { inferenceProfileSummaries: [{}] },
      [{ id: '', arn: '', name: '', active: false, systemDefined: false, modelArns: [] }],
    ],
    [
      'one with a model that has no ARN',
      { inferenceProfileSummaries: [{ inferenceProfileId: 'p', models: [{}, { modelArn: 'a' }] }] },
      [{ id: 'p', arn: '', name: 'p', active: false, systemDefined: false, modelArns: ['a'] }],
    ],
  ])('lists inference profiles: %s', async (_what, answer, expected) => {
    json('GET /inference-profiles', answer);
    // Those of AWS and those of the account are asked for by themselves.
    expect(await aws.bedrock.listInferenceProfiles()).toStrictEqual([...expected, ...expected]);
  });

  it('has no access where the answer does not say that there is one', async () => {
    json('GET /foundation-model-availability/m', {});
    expect(await aws.modelAccess.modelAvailability('m')).toStrictEqual({
      agreement: 'NOT_AVAILABLE',
      authorized: false,
      entitled: false,
      inRegion: false,
    });
  });

  it.each([
    [{}, false],
    [{ formData: '' }, false],
    [{ formData: 'e30=' }, true],
  ])('has a form of use cases in %j: %s', async (answer, expected) => {
    json('GET /use-case-for-model-access', answer);
    expect(await aws.modelAccess.hasUseCase()).toBe(expected);
  });

  it.each([
    ['none', {}, []],
    ['one that cannot be accepted', { offers: [{}] }, []],
    ['one without terms', { offers: [{ offerToken: 't' }] }, [{ token: 't', rates: [], terms: null }]],
    [
      'one with a bare rate',
      {
        offers: [
          {
            offerToken: 't',
            termDetails: { usageBasedPricingTerm: { rateCard: [{}] }, legalTerm: { url: 'https://u' } },
          },
        ],
      },
      [{ token: 't', rates: [{ dimension: '', price: '', unit: '' }], terms: 'https://u' }],
    ],
  ])('gives the offers of a model: %s', async (_what, answer, expected) => {
    json('GET /list-foundation-model-agreement-offers/m', answer);
    expect(await aws.modelAccess.agreementOffers('m')).toStrictEqual(expected);
  });
});

describe('Systems Manager', () => {
  it.each([
    ['none', {}, []],
    [
      'one that says nothing',
      { InstanceInformationList: [{}] },
      [{ instanceId: '', online: false, lastSeen: null, platform: null }],
    ],
    [
      'one that was seen',
      { InstanceInformationList: [{ PingStatus: 'Online', LastPingDateTime: 1_767_225_600 }] },
      [{ instanceId: '', online: true, lastSeen: '2026-01-01T00:00:00.000Z', platform: null }],
    ],
  ])('knows nodes: %s', async (_what, answer, expected) => {
    json('DescribeInstanceInformation', answer);
    const manager = await aws.systemsManager();
    expect(await manager.describeManaged(['i-1'])).toStrictEqual(expected);
  });

  it.each([
    ['none', {}, []],
    ['one that says nothing', { CommandInvocations: [{}] }, [{ instanceId: '', status: 'open', output: '' }]],
    [
      'one in new words',
      {
        CommandInvocations: [{ Status: 'Pondering', StatusDetails: 'Pondering Still', CommandPlugins: [{}] }],
      },
      [{ instanceId: '', status: 'open', output: '' }],
    ],
    [
      'one whose details are new',
      {
        CommandInvocations: [
          { Status: 'Failed', StatusDetails: 'Gave Up', CommandPlugins: [{ Output: 'a' }, {}] },
        ],
      },
      [{ instanceId: '', status: 'failed', output: 'a\n' }],
    ],
  ])('lists invocations: %s', async (_what, answer, expected) => {
    json('ListCommandInvocations', answer);
    expect(await (await aws.systemsManager()).listInvocations('c')).toStrictEqual(expected);
  });

  it('gives no output and no command where the answer has none', async () => {
    const manager = await aws.systemsManager();
    json('GetCommandInvocation', {});
    expect(await manager.invocationOutput('c', 'i-1')).toBe('');
    json('SendCommand', {});
    const sent = { instanceIds: ['i-1'], comment: 'c', script: 's', maxConcurrency: 1, maxErrors: 1 };
    expect(await manager.sendScript({ ...sent, deliverySeconds: 60, executionSeconds: 60 })).toBe('');
  });

  it.each([
    ['none', {}, []],
    [
      'one that says nothing',
      { Associations: [{}] },
      [{ id: '', document: '', name: null, instanceIds: [] }],
    ],
    [
      'one of an instance, as they were made before there were targets',
      { Associations: [{ InstanceId: 'i-1', Targets: [{}, { Key: 'InstanceIds' }] }] },
      [{ id: '', document: '', name: null, instanceIds: ['i-1'] }],
    ],
  ])('lists associations: %s', async (_what, answer, expected) => {
    json('ListAssociations', answer);
    expect(await aws.stateManager.listAssociations()).toStrictEqual(expected);
  });

  const bare = { id: '', name: '', document: '', tag: '', value: '', script: '' };

  it.each([
    ['says nothing', {}, bare],
    ['is empty', { AssociationDescription: {} }, bare],
    ['has no target', { AssociationDescription: { Targets: [], Parameters: {} } }, bare],
    ['has a target without a key', { AssociationDescription: { Targets: [{}] } }, bare],
    [
      'is for instances by id',
      { AssociationDescription: { Targets: [{ Key: 'InstanceIds', Values: ['i-1'] }] } },
      bare,
    ],
    [
      'is for a tag without values',
      { AssociationDescription: { AssociationId: 'a', Targets: [{ Key: 'tag:Role' }] } },
      { ...bare, id: 'a', tag: 'Role' },
    ],
    [
      'is whole',
      {
        AssociationDescription: {
          AssociationId: 'a',
          AssociationName: 'n',
          Name: 'd',
          Targets: [{ Key: 'tag:Role', Values: ['web', 'db'] }],
          Parameters: { commands: ['a', 'b'] },
        },
      },
      { id: 'a', name: 'n', document: 'd', tag: 'Role', value: 'web,db', script: 'a\nb' },
    ],
  ])('reads an enrollment that %s', async (_what, answer, expected) => {
    json('ListAssociations', { Associations: [{ AssociationId: 'a' }] });
    json('DescribeAssociation', answer);
    expect(await aws.enrollments.findEnrollment('n')).toStrictEqual(expected);
  });

  it.each([{}, { Associations: [] }, { Associations: [{}] }])('finds no enrollment in %j', async (answer) => {
    json('ListAssociations', answer);
    expect(await aws.enrollments.findEnrollment('n')).toBeNull();
  });
});

describe('Auto Scaling', () => {
  const groups = (members: string) => {
    query(
      'DescribeAutoScalingGroups',
      members === '' ? '' : `<AutoScalingGroups>${members}</AutoScalingGroups>`,
    );
  };
  const bare = { name: '', instanceIds: [], template: null, mixed: false };

  it.each([
    ['nothing', '', null],
    ['one that says nothing', '<member/>', bare],
    [
      'a template without an id, and an instance without one',
      '<member><Instances><member/></Instances><LaunchTemplate/></member>',
      bare,
    ],
    [
      'a template without name and version',
      '<member><LaunchTemplate><LaunchTemplateId>lt</LaunchTemplateId></LaunchTemplate></member>',
      { ...bare, template: { id: 'lt', name: '', version: '$Default' } },
    ],
    [
      'a mixed group without a template',
      '<member><MixedInstancesPolicy/></member>',
      { ...bare, mixed: true },
    ],
  ])('reads a group out of %s', async (_what, members, expected) => {
    groups(members);
    expect(await aws.autoScaling.describeGroup('g')).toStrictEqual(expected);
  });

  it.each([
    ['nothing', '', []],
    [
      'one that says nothing',
      '<launchTemplateVersionSet><item/></launchTemplateVersionSet>',
      [{ version: '0', isDefault: false, description: null, profile: null }],
    ],
    [
      'a profile by its name, and one that has neither name nor ARN',
      '<launchTemplateVersionSet><item><versionNumber>2</versionNumber><launchTemplateData><iamInstanceProfile><name>p</name>' +
        '</iamInstanceProfile></launchTemplateData></item><item><versionNumber>3</versionNumber><launchTemplateData>' +
        '<iamInstanceProfile/></launchTemplateData></item></launchTemplateVersionSet>',
      [
        { version: '2', isDefault: false, description: null, profile: 'p' },
        { version: '3', isDefault: false, description: null, profile: null },
      ],
    ],
  ])('reads versions of a template out of %s', async (_what, answer, expected) => {
    ec2('DescribeLaunchTemplateVersions', answer);
    expect(await aws.autoScaling.describeVersions('lt')).toStrictEqual(expected);
  });

  it('gives no number for a version that was not said to be made', async () => {
    ec2('CreateLaunchTemplateVersion', '');
    const input = { templateId: 'lt', source: '1', profileArn: 'p', description: 'd' };
    expect(await aws.autoScaling.createVersion(input)).toBe('');
  });
});

describe('Service Quotas', () => {
  it.each([
    ['nothing', {}, []],
    ['quotas that lack name or value', { Quotas: [{ QuotaName: 'a' }, { Value: 1 }] }, []],
    ['a quota of none', { Quotas: [{ QuotaName: 'a', Value: 0 }] }, [{ name: 'a', value: 0 }]],
  ])('are read out of %s', async (_what, answer, expected) => {
    json('ListServiceQuotas', answer);
    expect(await aws.quotas.bedrockQuotas()).toStrictEqual(expected);
  });
});
