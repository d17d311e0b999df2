import { scrub } from '../scrub.js';

const showable =
  /^(?:AWS_(?:DEFAULT_)?(?:PROFILE|REGION)|AWS_ENDPOINT_URL\w*|AWS_EC2_METADATA_\w+|AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|AWS_ROLE_ARN|region|role_arn|source_profile|credential_source|sso_session|sso_region|sso_account_id|sso_role_name)$/u;

/** A value as it may be shown: of names that never hold a secret, everything else is `null`. */
export function shownValue(name: string, value: string): string | null {
  return showable.test(name) ? scrub(value) : null;
}
