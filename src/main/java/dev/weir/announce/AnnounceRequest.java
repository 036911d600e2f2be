package dev.weir.announce;

/**
 * The options of the command {@code announce}.
 *
 * @param path URI of a directory or a file
 * @param match glob; null for none
 * @param key regular expression with one group; null for the whole URI
 * @param missing whether files are left out that were read or rejected before
 * @param topic null for that of the one input that reads files
 */
public record AnnounceRequest(String path, String match, String key, Order order, boolean missing, String topic) {

    /** The order of the announcements. */
    public enum Order {
        /** By URI. */
        NAME,
        /** By modification time, then by URI. */
        MODIFIED
    }
}
