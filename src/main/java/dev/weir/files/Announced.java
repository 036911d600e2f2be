package dev.weir.files;

import java.util.List;

/**
 * What an announcement says.
 *
 * @param files in the announcement's order; empty if it names none, such as a store's test message, which is then to be ignored, or if it
 *     has a fault
 * @param fault why the record is no announcement, for people; null if it is one
 */
public record Announced(List<AnnouncedFile> files, String fault) {

    static Announced fault(String fault) {
        return new Announced(List.of(), fault);
    }
}
