package dev.weir.core.model;

/**
 * The verdict on a rejected event or reading.
 *
 * @param detail what exactly was wrong, for people; "" if there is nothing to add
 * @param metric the metric of a rejected reading; null if the whole event, or a whole item of it, was rejected
 */
public record Reject(Reason reason, String detail, String metric) {}
