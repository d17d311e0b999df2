import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/core/finding.js';
import { reportMarkdown } from '../../../src/core/report-markdown.js';
import { emptyReport } from '../../../src/core/report.js';
import { shareable } from '../../../src/core/text/shareable.js';

describe('shareable', () => {
  it('shortens what tells who somebody is', () => {
    const text =
      'arn:aws:iam::111122223333:role/x i-0abc1234def567890 /home/claw/.aws/credentials:3 AROAEXAMPLE123456 AKIACANARY0123456789';
    expect(shareable(text, '/home/claw')).toBe(
      'arn:aws:iam::…3333:role/x i-…7890 ~/.aws/credentials:3 AROA… [hidden]',
    );
  });

  it('leaves the rest', () => {
    const text = 'us.anthropic.claude-opus-4-6-v1 in us-east-1 answered in 50 ms on 2026-11-22T19:38:14.000Z';
    expect(shareable(text, null)).toBe(text);
  });

  it.each([null, '', '/'])('takes %j for no home folder', (home) => {
    expect(shareable('see /etc/x and null', home)).toBe('see /etc/x and null');
  });
});

describe('a report for an issue', () => {
  it('has a table, the details and the first failure last', () => {
    const checks: readonly Finding[] = [
      { id: 'metadata', status: 'ok', message: 'http://169.254.169.254 answers' },
      {
        id: 'identity',
        status: 'fail',
        message: 'a | b\nof 111122223333',
        code: 'WRONG_ROLE',
        cause: 'cause',
        who: 'you',
        fix: 'first\nsecond',
        detail: '/home/claw/.openclaw/.env:1',
      },
      { id: 'converse', status: 'skip', message: 'skipped' },
    ];
    const report = { ...emptyReport('verify', false), region: 'us-east-1', checks };
    const options = { home: '/home/claw', toolVersion: '1.2.3', platform: 'linux, Node.js 24' };
    expect(reportMarkdown(report, options)).toMatchInlineSnapshot(`
      "## openclaw-bedrock-setup 1.2.3: verify

      linux, Node.js 24, region us-east-1

      | check | status | code | message |
      |---|---|---|---|
      | metadata | ok |  | http://169.254.169.254 answers |
      | identity | fail | WRONG_ROLE | a \\| b<br>of …3333 |
      | converse | skip |  | skipped |

      <details><summary>identity</summary>

      \`\`\`
      ~/.openclaw/.env:1
      \`\`\`
      </details>

      ### WRONG_ROLE

      a \\| b<br>of …3333

      - **why**: cause
      - **who**: you
      - **fix**: first<br>second
      "
    `);
  });
});
