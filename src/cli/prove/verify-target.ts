import type { MetadataRole } from '../../checks/index.js';
import { firstMetadataRole } from '../../checks/index.js';
import { isOwnRole } from '../../core/environment/own-role.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode, SetupError } from '../../core/errors.js';
import { firstFailure, proofOf } from '../../core/finding.js';
import type { Finding } from '../../core/finding.js';
import { openReceipts } from '../../core/receipt-store.js';
import type { Report } from '../../core/report.js';
import { bareInstance, emptyReport, withError } from '../../core/report.js';
import { version } from '../../version.js';
import { commandLine, hostVerifyLine } from '../tell/command-line.js';
import { verifyFindings } from './findings.js';
import { emptyStart, findingsExitCode } from '../tell/outcome.js';
import { findReceipt } from '../look/receipts.js';
import { mergedChecks, withHosts } from '../remote/merge.js';
import type { HostsTold } from '../remote/tell.js';
import { loadEarly } from '../load-early.js';
import type { Runtime } from '../runtime.js';
import type { Target } from '../look/target.js';
import { resolveTarget, saysHere } from '../look/target.js';
import type { GatewayPlace } from './gateway-place.js';

/** Whether nobody looks at the host, neither here nor from afar. */
function isAccountOnly({ settings }: Runtime, { host }: Target): boolean {
  return !host && settings.host !== 'ssm';
}

function nextCommands(runtime: Runtime, target: Target, findings: readonly Finding[]): readonly string[] {
  const { settings } = runtime;
  const isNamed = target.instanceId !== null || !target.cloud;
  if (findingsExitCode(findings) !== ExitCode.done)
    return isNamed ? [commandLine(settings, target, 'setup')] : [];
  return isAccountOnly(runtime, target) ? [hostVerifyLine(target)] : [];
}

/** The last words about what was found. It works only where a model has answered, or all that was asked for was the account. */
export function closingWords(exitCode: ExitCode, accountOnly: boolean, findings: readonly Finding[]): string {
  if (accountOnly && exitCode === ExitCode.done)
    return "The account's half is in place. What the host itself sees was not looked at: the next command is for there.";
  if (accountOnly && exitCode === ExitCode.failed) return 'It is not set up.';
  if (exitCode === ExitCode.failed) return 'It does not work yet.';
  const works = proofOf(findings) === null ? 'Nothing is in the way; no model was called' : 'It works';
  return exitCode === ExitCode.done ? `${works}.` : `${works}, but it is no longer as it was set up.`;
}

/** Which instance this is, where its metadata does not say so: by its hardware, or by the only receipt on it. */
async function named(runtime: Runtime, target: Target): Promise<Target> {
  if (target.instanceId !== null || !target.host) return target;
  const machine = await runtime.machine();
  if (!machine.ec2) return target;
  const receipts = await openReceipts(await runtime.store());
  const [only, other] = new Set(receipts.flatMap((receipt) => receipt.target.instanceId ?? []));
  const instanceId = machine.instanceId ?? (other === undefined ? only : undefined) ?? null;
  return { ...target, instanceId };
}

interface Seen {
  readonly findings: readonly Finding[];
  readonly told: HostsTold | null;
}

/** What was seen from here, and on hosts that are somewhere else. */
async function withFarHosts(runtime: Runtime, target: Target, here: readonly Finding[]): Promise<Seen> {
  if (runtime.settings.host !== 'ssm') return { findings: here, told: null };
  const { verifyHosts } = await import('../remote/commands.js');
  const told = await verifyHosts(runtime, target);
  return { findings: mergedChecks(here, told), told };
}

/** Finds the operator's credentials where they can be nothing but the role of this instance. */
async function findOwnRole(runtime: Runtime): Promise<void> {
  const { environment, settings } = runtime;
  const [{ files }, { readAwsProfile, textsOf }] = await Promise.all([
    runtime.host(),
    import('../../adapters/gateway-env/index.js'),
  ]);
  const variables = {
    ...environment,
    ...(settings.profile === null ? {} : { AWS_PROFILE: settings.profile }),
  };
  const profile = await readAwsProfile(variables, environment['HOME'] ?? '/', textsOf(files));
  if (isOwnRole(variables, profile)) await runtime.findCredentials();
}

/**
 * Begins, on an instance, what will be needed whichever one it is: the look at the role in its metadata, and the look for the
 * operator's credentials, with which the account is looked at. Gives the role.
 */
async function beginHere(runtime: Runtime): Promise<MetadataRole | null> {
  const { settings, metadata } = runtime;
  if (!saysHere(settings) || !(await runtime.machine()).ec2) return null;
  if (settings.cloud !== 'skip') loadEarly(async () => findOwnRole(runtime));
  return firstMetadataRole(metadata);
}

/** Looks, checks and reports what was found; gives the exit code of the findings. */
export async function verifyTarget(runtime: Runtime, place: GatewayPlace): Promise<ExitCode> {
  const { settings } = runtime;
  const firstRole = beginHere(runtime);
  loadEarly(async () => firstRole);
  const target = await named(runtime, await resolveTarget(runtime));
  const account = target.here?.account ?? null;
  const { region, instanceId } = target;
  const receipt = await findReceipt(runtime, { account, region, instanceId });
  const here = await verifyFindings(runtime, target, receipt, { place, firstRole });
  const { findings, told } = await withFarHosts(runtime, target, here);
  const exitCode = findingsExitCode(findings);
  const instances = instanceId === null ? [] : [bareInstance(instanceId)];
  const report = {
    ...emptyReport('verify', settings.mock),
    ok: firstFailure(findings) === null,
    account,
    region,
    instances: told === null ? instances : withHosts(instances, told),
    checks: findings,
    next: nextCommands(runtime, target, findings),
  };
  const error = (await keepReport(runtime, report)) ?? told?.error ?? null;
  const words = closingWords(exitCode, isAccountOnly(runtime, target), findings);
  const closing = exitCode === ExitCode.failed ? words + emptyStart(settings) : words;
  await runtime.reporter.finish(error === null ? report : withError(report, error), closing);
  return error?.exitCode ?? exitCode;
}

/** Writes the report that `--report` asks for; what went wrong with that, else `null`. */
async function keepReport(
  { settings, environment, progress }: Runtime,
  report: Report,
): Promise<ErrorDetails | null> {
  const { report: file } = settings;
  if (file === null) return null;
  const [{ reportMarkdown }, { platformWords, writeReport }] = await Promise.all([
    import('../../core/report-markdown.js'),
    import('../../adapters/report-file.js'),
  ]);
  const options = { home: environment['HOME'] ?? null, toolVersion: version, platform: platformWords() };
  try {
    await writeReport(file, reportMarkdown(report, options));
    progress.note(`the report is in ${file}`);
    return null;
  } catch (error) {
    if (error instanceof SetupError) return error.details;
    throw error;
  }
}
