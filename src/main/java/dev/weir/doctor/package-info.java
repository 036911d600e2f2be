/**
 * Examines the surroundings of a job before it starts. The package defines checks and findings, and runs checks. The
 * checks themselves are in the packages that know their subject: Kafka's in {@code kafka}, PostgreSQL's in {@code
 * postgres}, a sink's with the sink. Uses {@code failure} alone.
 */
package dev.weir.doctor;
