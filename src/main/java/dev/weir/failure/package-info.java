/**
 * Holds the exceptions for a job that must not start or go on. Their messages give the option and the cure. An
 * exception lives here if packages that know nothing of each other throw or catch it. Also formats errors for a person.
 * Uses nothing of Weir.
 */
package dev.weir.failure;
