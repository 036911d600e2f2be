package dev.weir.core.catalog;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;

/** An amount over a time, exactly as written: {@code 10/min} is (10, 1 min). Both are positive. */
public record Rate(BigDecimal amount, Duration per) implements Serializable {}
