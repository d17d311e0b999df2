import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CreateTagsCommand, DescribeTagsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { toXml } from '../../../src/mock-aws/query/xml.js';
import { operatorClient, withMockAws } from '../../support/mock-aws.js';

describe('XML', () => {
  it('leaves out what is undefined, repeats lists and escapes text', () => {
    expect(toXml({ a: undefined, b: { item: [1, 2] }, c: '<&>"', d: {}, e: true })).toBe(
      '<b><item>1</item><item>2</item></b><c>&lt;&amp;&gt;&quot;</c><d></d><e>true</e>',
    );
  });

  it('carries any printable text through the SDK and back', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((value) => value.trim() === value);
    const values = fc.sample(text, 40);
    const Tags = values.map((Value, index) => ({ Key: `k${index}`, Value }));
    await withMockAws({}, async (mock) => {
      const ec2 = new EC2Client(operatorClient(mock));
      await ec2.send(new CreateTagsCommand({ Resources: ['i-0abc1234def567892'], Tags }));
      const answer = await ec2.send(
        new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: ['i-0abc1234def567892'] }] }),
      );
      const returned = Object.fromEntries((answer.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
      for (const { Key, Value } of Tags) expect(returned[Key]).toBe(Value);
    });
  });
});
