package dev.weir.core.model;

/**
 * The verdict on something turned aside.
 *
 * @param detail what exactly was wrong, for a person; "" for nothing to add
 * @param metric the metric of a rejected reading; null where the whole event was rejected
 */
public record Reject(Reason reason, String detail, String metric) {}
