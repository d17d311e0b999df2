import {
  AssociateIamInstanceProfileCommand,
  DisassociateIamInstanceProfileCommand,
  ModifyInstanceMetadataOptionsCommand,
  ReplaceIamInstanceProfileAssociationCommand,
} from '@aws-sdk/client-ec2';
import type { Ec2Directory, Ec2Writer, MetadataOptions } from '../../ports/ec2.js';
import { makeEc2Reader } from './ec2-reader.js';
import type { Ec2Clients } from './ec2-reader.js';

/** EC2 through the SDK. Each writing method is one call. */
export function makeEc2Writer(clients: Ec2Clients): Ec2Writer & Ec2Directory {
  const client = (): ReturnType<Ec2Clients['forRegion']> => clients.forRegion(clients.region);
  return {
    ...makeEc2Reader(clients),
    async associateProfile(instanceId, profileArn) {
      const IamInstanceProfile = { Arn: profileArn };
      await client().send(
        new AssociateIamInstanceProfileCommand({ InstanceId: instanceId, IamInstanceProfile }),
      );
    },
    async replaceAssociation(associationId, profileArn) {
      const input = { AssociationId: associationId, IamInstanceProfile: { Arn: profileArn } };
      const answer = await client().send(new ReplaceIamInstanceProfileAssociationCommand(input));
      return answer.IamInstanceProfileAssociation?.IamInstanceProfile?.Id ?? null;
    },
    async disassociateProfile(associationId) {
      await client().send(new DisassociateIamInstanceProfileCommand({ AssociationId: associationId }));
    },
    async modifyMetadataOptions(instanceId, options: Partial<MetadataOptions>) {
      const { endpoint, tokens, hopLimit } = options;
      await client().send(
        new ModifyInstanceMetadataOptionsCommand({
          InstanceId: instanceId,
          HttpEndpoint: endpoint,
          HttpTokens: tokens,
          HttpPutResponseHopLimit: hopLimit,
        }),
      );
    },
  };
}
