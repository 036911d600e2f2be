/**
 * Repeats work while something outside is away: how long to wait, what to log, and how to stop waiting. The code that
 * knows an error decides whether it is worth another attempt. Uses nothing of Weir.
 */
package dev.weir.retry;
