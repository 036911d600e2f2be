package dev.weir.files;

/**
 * Where reading a file goes on after a restart.
 *
 * @param rows number of rows that are not emitted again
 * @param size bytes that the file must still have; -1 if it was never opened
 * @param modifiedMillis modification time that the file must still have; -1 if it was never opened
 */
public record ResumeAt(long rows, long size, long modifiedMillis) {
    /** The beginning of a file that was never opened. */
    public static final ResumeAt START = new ResumeAt(0, -1, -1);
}
