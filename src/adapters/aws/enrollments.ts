import type { AssociationDescription, SSMClientConfig } from '@aws-sdk/client-ssm';
import {
  CreateAssociationCommand,
  DeleteAssociationCommand,
  DescribeAssociationCommand,
  ListAssociationsCommand,
  SSMClient,
  UpdateAssociationCommand,
} from '@aws-sdk/client-ssm';
import type { Enrollment, EnrollmentInput, EnrollmentWriter } from '../../ports/enrollments.js';
import { orNull } from './absent.js';
import type { Guard } from './middleware.js';

const document = 'AWS-RunShellScript';

/** Seconds that a host may take. */
const executionSeconds = '900';

/** A tenth of the instances at once, and none further once a tenth has failed. */
const share = '10%';

function enrollmentOf(found: AssociationDescription): Enrollment {
  const [target] = found.Targets ?? [];
  const tag = /^tag:(.*)$/u.exec(target?.Key ?? '')?.[1] ?? '';
  return {
    id: found.AssociationId ?? '',
    name: found.AssociationName ?? '',
    document: found.Name ?? '',
    tag,
    value: tag === '' ? '' : (target?.Values ?? []).join(','),
    script: (found.Parameters?.['commands'] ?? []).join('\n'),
  };
}

function inputOf({ name, tag, value, script }: EnrollmentInput) {
  return {
    Name: document,
    AssociationName: name,
    Targets: [{ Key: `tag:${tag}`, Values: [value] }],
    Parameters: { commands: script.split('\n'), executionTimeout: [executionSeconds] },
    MaxConcurrency: share,
    MaxErrors: share,
  };
}

/** State Manager through the SDK, as far as enrollments go. Errors are the SDK's own. */
export function openEnrollments(settings: SSMClientConfig, guard: Guard): EnrollmentWriter {
  const client = new SSMClient(settings);
  guard(client);
  return {
    async findEnrollment(name) {
      const AssociationFilterList = [{ key: 'AssociationName', value: name } as const];
      const { Associations: [found] = [] } = await client.send(
        new ListAssociationsCommand({ AssociationFilterList }),
      );
      const AssociationId = found?.AssociationId;
      if (AssociationId === undefined) return null;
      return orNull(async () => {
        const answer = await client.send(new DescribeAssociationCommand({ AssociationId }));
        return enrollmentOf(answer.AssociationDescription ?? {});
      }, 'AssociationDoesNotExist');
    },
    async createEnrollment(input, tags) {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await client.send(new CreateAssociationCommand({ ...inputOf(input), Tags }));
    },
    async updateEnrollment(AssociationId, input) {
      await client.send(new UpdateAssociationCommand({ AssociationId, ...inputOf(input) }));
    },
    async deleteEnrollment(AssociationId) {
      await orNull(
        async () => client.send(new DeleteAssociationCommand({ AssociationId })),
        'AssociationDoesNotExist',
      );
    },
  };
}
