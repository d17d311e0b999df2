import { associationOperations } from './associations.js';
import { instanceOperations } from './instances.js';
import { launchTemplateOperations } from './launch-templates.js';
import { metadataOptionOperations } from './metadata-options.js';
import { regionOperations } from './regions.js';
import { ec2Service } from './service.js';
import { tagOperations } from './tags.js';

/** Amazon Elastic Compute Cloud: instances belong to the region that a request is signed for. */
export const ec2 = ec2Service({
  ...instanceOperations,
  ...associationOperations,
  ...metadataOptionOperations,
  ...launchTemplateOperations,
  ...tagOperations,
  ...regionOperations,
});
