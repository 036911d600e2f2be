/**
 * The exceptions that say that a job must not start or go on, with the option and the cure in their messages. An
 * exception lives here if packages that know nothing of each other throw or catch it. Uses nothing of Weir.
 */
package dev.weir.failure;
