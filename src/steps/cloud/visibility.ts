/**
 * Seconds for which IAM is asked again about a role that it has just made. Terraform settled on two minutes as the bound
 * for IAM's propagation (terraform-provider-aws, internal/service/iam).
 */
export const roleVisibleSeconds = 120;

/**
 * Seconds for which EC2 is asked again about a profile that IAM has just made. It has been seen to fail 2 min 30 s after
 * the creation (terraform-provider-aws#27516).
 */
export const profileVisibleSeconds = 180;
