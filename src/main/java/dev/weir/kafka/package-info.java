/** What all Kafka clients of the job share: their properties, where their secrets come from, and what their refusals mean. Knows neither source nor sinks. */
package dev.weir.kafka;
