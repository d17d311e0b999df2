import type { AssociationDescription, SSMClientConfig, SSMServiceException } from '@aws-sdk/client-ssm';
import {
  CreateAssociationCommand,
  DeleteAssociationCommand,
  DescribeAssociationCommand,
  ListAssociationsCommand,
  SSMClient,
  UpdateAssociationCommand,
} from '@aws-sdk/client-ssm';
import type { Enrollment, EnrollmentInput, EnrollmentWriter } from '../../ports/enrollments.js';
import { hasCode } from '../../core/failure/aws-error.js';
import { systemClock } from '../clock.js';
import { orNull } from './absent.js';
import { clockCorrected } from './clock-corrected.js';
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

/** Times that an association is tried to be made, and milliseconds before the second one. */
const [mostAttempts, pauseMilliseconds] = [3, 500];

/** Whether AWS has said no, and would say so again. */
function isRefusal(error: unknown): boolean {
  const { httpStatusCode: status = 0 } = (error as Partial<SSMServiceException>).$metadata ?? {};
  return status >= 400 && status < 500 && !hasCode(error, 'Throttling');
}

/** State Manager through the SDK, as far as enrollments go. Errors are the SDK's own. */
export function openEnrollments(settings: SSMClientConfig, guard: Guard): EnrollmentWriter {
  const client = new SSMClient(settings);
  // Names of associations are not unique: the SDK, which asks again after a broken connection, would make a second one.
  const once = new SSMClient({ ...settings, maxAttempts: 1 });
  guard(client);
  guard(once);
  const find = async (name: string): Promise<Enrollment | null> => {
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
  };
  return {
    findEnrollment: find,
    async createEnrollment(input, tags) {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const command = new CreateAssociationCommand({ ...inputOf(input), Tags });
      for (let attempt = 1; ; attempt += 1) {
        try {
          await clockCorrected(async () => once.send(command));
          return;
        } catch (error) {
          if (attempt === mostAttempts || isRefusal(error)) throw error;
        }
        await systemClock.sleep(attempt * pauseMilliseconds);
        if ((await find(input.name)) !== null) return;
      }
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
