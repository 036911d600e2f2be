/**
 * What all Kafka clients of the job share: their properties, where their secrets come from, what their refusals mean,
 * and the doctor's checks of the brokers. Uses {@code config}, {@code doctor} and {@code failure}; knows neither source
 * nor sinks.
 */
package dev.weir.kafka;
