/** Proves what docs/security.md says, with its examples: TLS, authentication, least rights, refusals at the start, and no secret shown. */
package dev.weir.security;
