import { authorise } from '../authorisation.js';
import { iamErrors } from './errors.js';
import type { Parameters } from '../query/parameters.js';
import type { QueryOperation } from '../query/query-service.js';
import type { Context } from '../service.js';
import type { InstanceProfile } from './state.js';
import { INSTANCE_PROFILES_PER_ACCOUNT, mergeTags, nameParameter, pathParameter } from './limits.js';
import {
  deleteConflict,
  entityAlreadyExists,
  findInstanceProfile,
  findRole,
  iamArn,
  instanceProfileResource,
  limitExceeded,
  roleResource,
} from './lookup.js';
import { instanceProfileView, page, tagsView } from './view.js';

/** The operations on instance profiles themselves. */
export const instanceProfileOperations: Readonly<Record<string, QueryOperation>> = {
  CreateInstanceProfile: { mutating: true, resource: instanceProfileResource, run: createInstanceProfile },
  GetInstanceProfile: {
    mutating: false,
    resource: instanceProfileResource,
    run: (parameters, context) => ({
      InstanceProfile: instanceProfileView(findInstanceProfile(parameters, context), context),
    }),
  },
  ListInstanceProfiles: {
    mutating: false,
    run: (parameters, context) => listed(Object.values(context.state.instanceProfiles), parameters, context),
  },
  ListInstanceProfilesForRole: { mutating: false, resource: roleResource, run: listInstanceProfilesForRole },
  DeleteInstanceProfile: { mutating: true, resource: instanceProfileResource, run: deleteInstanceProfile },
  TagInstanceProfile: {
    mutating: true,
    resource: instanceProfileResource,
    run: (parameters, context) => {
      const profile = findInstanceProfile(parameters, context);
      profile.tags = mergeTags(profile.tags, parameters);
      return undefined;
    },
  },
  UntagInstanceProfile: {
    mutating: true,
    resource: instanceProfileResource,
    run: (parameters, context) => {
      const profile = findInstanceProfile(parameters, context);
      for (const key of parameters.list('TagKeys')) delete profile.tags[key];
      return undefined;
    },
  },
  ListInstanceProfileTags: {
    mutating: false,
    resource: instanceProfileResource,
    run: (parameters, context) => ({
      Tags: tagsView(findInstanceProfile(parameters, context).tags),
      IsTruncated: false,
    }),
  },
};

function createInstanceProfile(parameters: Parameters, context: Context) {
  const name = nameParameter(parameters, 'InstanceProfileName', 128);
  const path = pathParameter(parameters);
  const existing = Object.keys(context.state.instanceProfiles);
  if (existing.some((other) => other.toLowerCase() === name.toLowerCase())) {
    throw entityAlreadyExists(`Instance Profile ${name} already exists.`);
  }
  if (existing.length >= INSTANCE_PROFILES_PER_ACCOUNT) {
    throw limitExceeded(
      `Cannot exceed quota for InstanceProfilesPerAccount: ${INSTANCE_PROFILES_PER_ACCOUNT}`,
    );
  }
  const arn = iamArn(context, `instance-profile${path}${name}`);
  const tags = mergeTags({}, parameters);
  // Service Authorization Reference: tags at the creation are a right of their own.
  if (Object.keys(tags).length > 0) authorise(context, iamErrors, 'iam:TagInstanceProfile', arn);
  const profile: InstanceProfile = {
    name,
    id: context.ids.unique('AIPA'),
    path,
    arn,
    createdAt: context.now(),
    tags,
    roles: [],
  };
  context.state.instanceProfiles[name] = profile;
  return { InstanceProfile: instanceProfileView(profile, context) };
}

function deleteInstanceProfile(parameters: Parameters, context: Context): undefined {
  const profile = findInstanceProfile(parameters, context);
  if (profile.roles.length > 0) throw deleteConflict('remove roles from instance profile');
  delete context.state.instanceProfiles[profile.name];
}

function listInstanceProfilesForRole(parameters: Parameters, context: Context) {
  const { roleName } = findRole(parameters, context);
  const profiles = Object.values(context.state.instanceProfiles).filter((profile) =>
    profile.roles.some((role) => role.roleName === roleName),
  );
  return listed(profiles, parameters, context);
}

function listed(profiles: readonly InstanceProfile[], parameters: Parameters, context: Context) {
  const views = profiles
    .toSorted((left, right) => left.name.localeCompare(right.name))
    .map((profile) => ({ ...instanceProfileView(profile, context), Tags: undefined }));
  return page('InstanceProfiles', views, parameters);
}
