/**
 * The series machine: what one series remembers, how it judges a reading, and what its windows hold. Plain objects
 * without a clock of their own: whoever hosts them says what time it is and where results go. Uses
 * {@code core.catalog}, {@code core.model} and {@code core.decode}.
 */
package dev.weir.core.series;
