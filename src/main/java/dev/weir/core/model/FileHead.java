package dev.weir.core.model;

import java.util.List;

/**
 * What a file says once for all of its rows. All events of a file share one object, so a decoder compares it by reference.
 *
 * @param columns names of the columns in the order of the file's header line; null unless the rows are CSV below a header line
 * @param avroSchema the schema with which the rows are written, as JSON; null unless the rows are Avro
 */
public record FileHead(List<String> columns, String avroSchema) {}
