package dev.weir.config;

/**
 * One option as it took effect, to be shown to a person.
 *
 * @param value as written, or the default; empty for none; masked if it is a secret
 * @param origin {@code default}, {@code file:line}, the override ({@code -Dkey}) or Flink's configuration
 */
public record OptionValue(String key, String value, String origin) {}
