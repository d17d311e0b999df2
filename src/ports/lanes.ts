import type { AutoScalingReader, AutoScalingWriter } from './auto-scaling.js';
import type { Clock } from './clock.js';
import type { Ec2Reader, Ec2Writer } from './ec2.js';
import type { EnrollmentReader, EnrollmentWriter } from './enrollments.js';
import type { HostReader, HostWriter } from './host.js';
import type { IamReader, IamWriter } from './iam.js';

/** What the cloud lane may look at. */
export interface CloudReaders {
  readonly clock: Clock;
  readonly iam: IamReader;
  readonly ec2: Ec2Reader;
  readonly enrollments: EnrollmentReader;
}

/** What the cloud lane may change. */
export interface CloudWriters extends CloudReaders {
  readonly iam: IamWriter;
  readonly ec2: Ec2Writer;
  readonly enrollments: EnrollmentWriter;
}

/** What the cloud lane may look at where a group of instances is meant. */
export interface FleetReaders extends CloudReaders {
  readonly autoScaling: AutoScalingReader;
}

/** What the cloud lane may change where a group of instances is meant. */
export interface FleetWriters extends CloudWriters {
  readonly autoScaling: AutoScalingWriter;
}

/** What the host lane may look at. */
export interface HostReaders {
  readonly clock: Clock;
  readonly host: HostReader;
}

/** What the host lane may change. */
export interface HostWriters extends HostReaders {
  readonly host: HostWriter;
}
