import { expect, it } from 'vitest';
import { managersOf } from '../../../src/core/account/managers.js';

it('names what manages an instance by the tags that AWS alone can set', () => {
  expect(
    managersOf({
      'aws:autoscaling:groupName': 'workers',
      'aws:cloudformation:stack-name': 'web',
      Name: 'aws:autoscaling:groupName',
    }),
  ).toEqual(['the CloudFormation stack web', 'the Auto Scaling group workers']);
  expect(managersOf({ Name: 'workers' })).toEqual([]);
});
