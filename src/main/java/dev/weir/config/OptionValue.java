package dev.weir.config;

/**
 * The effective value of one option, as it may be shown.
 *
 * @param value as written, or the default; empty for none; masked if it is a secret
 * @param origin {@code default}, {@code file:line}, the override ({@code -Dkey}) or Flink's configuration
 */
public record OptionValue(String key, String value, String origin) {}
