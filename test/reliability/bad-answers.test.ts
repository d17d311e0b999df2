import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { errorName, SetupError } from '../../src/core/errors.js';
import { isOutsideFailure } from '../../src/core/failure/remote-failure.js';
import { connectAccount, isolateAws } from '../support/account.js';
import { steppingClock } from '../support/memory.js';

let tried = 0;

afterEach(() => vi.unstubAllEnvs());
afterAll(() => void process.stderr.write(`${tried} bad answers of AWS tried\n`));

type Account = ReturnType<typeof connectAccount>;

/** Runs with every call answered by `answer`. */
async function withAnswers(answer: RequestListener, use: (account: Account) => Promise<void>): Promise<void> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  isolateAws(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`);
  const bounds = { bytes: 1024 * 1024, milliseconds: 600 };
  const account = connectAccount(steppingClock(), { maxAttempts: 1, answerBounds: bounds });
  try {
    await use(account);
  } finally {
    account.close();
    server.closeAllConnections();
    server.close();
  }
}

const reads: Readonly<Record<string, (account: Account) => Promise<unknown>>> = {
  'sts:GetCallerIdentity': async ({ identity }) => identity.getCallerIdentity(),
  'iam:GetRole': async ({ iam }) => iam.getRole('R'),
  'iam:GetRolePolicy': async ({ iam }) => iam.getRolePolicy('R', 'P'),
  'iam:ListAttachedRolePolicies': async ({ iam }) => iam.listAttachedRolePolicies('R'),
  'iam:GetInstanceProfile': async ({ iam }) => iam.getInstanceProfile('P'),
  'ec2:DescribeInstances': async ({ ec2 }) => ec2.describeInstance('i-0abc1234def567890'),
  'ec2:DescribeIamInstanceProfileAssociations': async ({ ec2 }) =>
    ec2.describeAssociation('i-0abc1234def567890'),
  'bedrock:ListInferenceProfiles': async ({ bedrock }) => bedrock.listInferenceProfiles(),
  'bedrock:ListFoundationModels': async ({ bedrock }) => bedrock.listFoundationModels(),
};

const words = [
  'Role',
  'RoleName',
  'member',
  'Tags',
  'Arn',
  'Error',
  'Code',
  'item',
  'Marker',
  'IsTruncated',
  '__proto__',
];

/** XML that may be about anything and need not be whole. */
const xml = fc
  .array(
    fc.oneof(
      fc.constantFrom(...words).map((word) => `<${word}>`),
      fc.constantFrom(...words).map((word) => `</${word}>`),
      fc.constantFrom(
        '<?xml version="1.0"?>',
        '<![CDATA[',
        ']]>',
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '&a;',
        '&#0;',
      ),
      fc.string({ maxLength: 12 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

const body = fc.oneof(xml, fc.json(), fc.string({ unit: 'binary', maxLength: 80 }), fc.constant(''));
const status = fc.constantFrom(200, 200, 200, 204, 301, 400, 403, 404, 500);

/** An error that can be explained: ours, of AWS or of the system. Anything else would be called a bug of the tool. */
function isExplained(error: unknown): boolean {
  return error instanceof SetupError || isOutsideFailure(error);
}

describe('answers that are none of AWS', () => {
  it.each(Object.entries(reads))('%s reads them or says what is wrong', async (_name, read) => {
    let next: { readonly status: number; readonly body: string } = { status: 200, body: '' };
    await withAnswers(
      (_request, response) => {
        response.writeHead(next.status, { 'content-type': 'text/xml' });
        response.end(next.status === 204 ? '' : next.body);
      },
      async (account) => {
        let count = 0;
        const property = fc.asyncProperty(status, body, async (code, text) => {
          count += 1;
          next = { status: code, body: text };
          try {
            await read(account);
          } catch (error) {
            if (!isExplained(error)) throw error;
          }
        });
        await fc.assert(property, { numRuns: 150, seed: 1 });
        expect(count).toBe(150);
        tried += count;
      },
    );
  });

  it('are cut off where they do not end, before they fill the memory', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const stream: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const more = (): void => {
        while (!response.destroyed && sent < 1024 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      more();
    };
    await withAnswers(stream, async ({ iam }) => {
      await expect(iam.getRole('R')).rejects.toMatchObject({
        code: 'ENDLESS_ANSWER',
        message: 'an AWS answer does not end: more than 1 MiB',
      });
      expect(sent).toBeLessThan(64 * 1024 * 1024);
    });
  });

  it('are cut off where they drip for ever', async () => {
    const drip: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
    };
    await withAnswers(drip, async ({ ec2 }) => {
      await expect(ec2.describeInstance('i-0abc1234def567890')).rejects.toMatchObject({
        code: 'ENDLESS_ANSWER',
        message: 'an AWS answer does not end: still not whole after 0.6 s',
      });
    });
  });

  it('are cut off where the next page never is the last', async () => {
    let pages = 0;
    const endless: RequestListener = (_request, response) => {
      pages += 1;
      response.end(
        `<ListAttachedRolePoliciesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAttachedRolePoliciesResult><IsTruncated>true</IsTruncated><Marker>m${pages}</Marker><AttachedPolicies/></ListAttachedRolePoliciesResult></ListAttachedRolePoliciesResponse>`,
      );
    };
    await withAnswers(endless, async ({ iam }) => {
      const error: unknown = await iam.listAttachedRolePolicies('R').catch((thrown: unknown) => thrown);
      expect(errorName(error)).toBe('SetupError');
      expect(error).toMatchObject({ code: 'ENDLESS_ANSWER' });
      expect(pages).toBeLessThan(1000);
    });
  });
});
