/**
 * The series machine: what one series remembers, how it judges a reading, and what its windows hold. Plain objects without a clock
 * of their own: whoever hosts them says what time it is and where results go. Neither Flink, Kafka nor JDBC may be known here.
 */
package dev.weir.core.series;
