/**
 * The job's options and their validation: from {@code config.yaml} and overrides to a
 * {@link dev.weir.config.WeirConfig}, or to all problems at once. Only this package and those below it know option keys
 * and YAML; everything else sees the validated model. Of Weir it uses the core.
 */
package dev.weir.config;
