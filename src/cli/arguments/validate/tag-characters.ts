import { latePattern } from '../../../core/text/late-pattern.js';

/** What IAM allows in keys and values of tags, as many characters as there may be. */
export const tagCharacters = latePattern(String.raw`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`, 'u');
