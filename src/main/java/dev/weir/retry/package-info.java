/**
 * How work is tried again while something outside is away: how long to wait, what to log, and how to stop waiting. What
 * is worth another attempt is decided where the error is known. Uses nothing of Weir.
 */
package dev.weir.retry;
