import { scrub } from '../text/scrub.js';

const showable =
  /^(?:AWS_(?:DEFAULT_)?(?:PROFILE|REGION)|AWS_ENDPOINT_URL\w*|AWS_EC2_METADATA_\w+|AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|AWS_ROLE_ARN|region|role_arn|source_profile|credential_source|sso_session|sso_region|sso_account_id|sso_role_name)$/u;

/** A value as it may be shown: of names that never hold a secret, everything else is `null`. */
export function shownValue(name: string, value: string): string | null {
  if (!showable.test(name)) return null;
  if (/region$/iu.test(name)) return shownRegion(value);
  return /profile$/iu.test(name) ? shownProfile(value) : scrub(value);
}

/** Long, and of capitals, small letters and digits mixed: as access keys and tokens are, and names are not. */
const secretLike = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w/+=.-]{24,}$/u;

/** The name of a profile as it may be shown: a secret may have been pasted in its place. */
export function shownProfile(name: string): string {
  return secretLike.test(name) ? '(a value like a secret)' : scrub(name);
}

/** The name of a region as it may be shown, likewise. */
export function shownRegion(region: string): string {
  return /^[a-z]{2,5}(?:-[a-z]+)+-\d{1,2}$/u.test(region) ? region : '(no name of a region)';
}
