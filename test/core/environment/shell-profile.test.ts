import { describe, expect, it } from 'vitest';
import { parseShellProfile } from '../../../src/core/environment/shell-profile.js';
import { pairs } from './pairs.js';

describe('a shell profile', () => {
  it('is searched for plain assignments', () => {
    const text = [
      'export AWS_PROFILE=default',
      '  AWS_REGION="us-east-1"; export AWS_REGION',
      'set -gx AWS_PROFILE fishy',
      '# export AWS_REGION=no',
      'echo AWS_PROFILE=no',
    ].join('\n');
    expect(pairs(parseShellProfile(text))).toEqual([
      '1 AWS_PROFILE=default',
      '2 AWS_REGION=us-east-1',
      '3 AWS_PROFILE=fishy',
    ]);
  });
});
