/**
 * Holds what all Kafka clients of the job share: their properties, the references to secrets, the explanation of
 * refusals, and the doctor's checks of the brokers. Uses {@code config}, {@code doctor}, {@code failure} and
 * {@code retry}, and knows neither the source nor the sinks.
 */
package dev.weir.kafka;
