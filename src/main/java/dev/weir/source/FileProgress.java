package dev.weir.source;

import dev.weir.files.ResumeAt;

/**
 * How far the files of a partition were read.
 *
 * @param file index, in the announcement at the partition's position, of the file to read next
 * @param resume where in that file
 * @param remembered the files that were read. It belongs to the split's reader once that has the split, and is not changed before
 */
record FileProgress(int file, ResumeAt resume, Remembered remembered) {

    /** Returns the progress before the first file of an announcement. */
    static FileProgress between(Remembered remembered) {
        return new FileProgress(0, ResumeAt.START, remembered);
    }

    /** Returns the progress if the partition's position is moved to another announcement. */
    FileProgress elsewhere() {
        return between(remembered);
    }
}
