package dev.weir.announce;

/** Hears how far the work is. */
public interface Progress {
    /** @param files that were found so far */
    void listed(long files);

    /** @param announced files of {@code total}, in committed transactions */
    void announced(long announced, long total);
}
