package dev.weir.files;

import dev.weir.core.model.FileHead;
import dev.weir.core.model.FileOutcome;
import java.util.List;

/**
 * Some rows of a file, or its end.
 *
 * @param head the same object for all rows of the file; null at the end
 * @param rows each row's bytes, not to be changed; empty at the end. Some thousand rows or a few hundred KiB at most, unless one row is
 *     larger
 * @param first number of the first row in the file, 1 for the file's first data row
 * @param end what became of the file: {@code READ}, {@code REJECTED} or {@code IGNORED}; null if more follows
 */
public record Rows(FileHead head, List<byte[]> rows, long first, FileOutcome end) {}
